"""Prose that the examples of line rules stand next to: evidence like `amid_prose` needs a neighbour."""

from __future__ import annotations

from typing import Final

PROSE: Final = "افتتحت البلدية صباح أمس جسرا جديدا للمشاة يربط ضفتي النهر، وقال مهندسوها إن العمل فيه استغرق ثلاثة أعوام كاملة."
"""A line of prose, of the length of a paragraph in the news."""

MORE: Final = "ويستطيع سكان الحي القديم أن يصلوا منذ اليوم إلى السوق والمدرسة سيرا على الأقدام، بعد أن كانوا يدورون حول المدينة."
"""Another one, to follow it."""
