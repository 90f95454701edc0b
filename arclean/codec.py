"""Pipelines as plain data and back: names and options only, rules of the catalogue by name, the user's own in full."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from arclean import registry, rules
from arclean.errors import ArcleanError, PipelineError, unknown
from arclean.options import demand_fit
from arclean.rule import CharRule, ContextRule, ElementRule, EntityRule, LineRule, PatternRule, Rule

RULE_KINDS: Final[dict[str, type[Rule]]] = {
    "char": CharRule,
    "context": ContextRule,
    "element": ElementRule,
    "entity": EntityRule,
    "line": LineRule,
    "pattern": PatternRule,
}
_EXAMPLES: Final = frozenset({"name", "why", "fixes", "drops", "leaves", "harm"})


def encode_part(part: Any) -> dict[str, Any]:
    """A part as ``{kind: options}``; options at their default are left out.

    Raises:
        PipelineError: the part's class is not registered.
    """
    name, options = registry.name_of(part), {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if field.init and value != field.default:
            options[field.name] = [encode_rule(rule) for rule in value] if field.name == "rules" else _plain(value)
    return {name: options}


def encode_rule(rule: Rule) -> Any:
    """The name of a rule of the catalogue; any other rule in full, under its kind."""
    if rules.catalogue().get(rule.name) == rule:
        return rule.name
    kind = next(name for name, known in RULE_KINDS.items() if isinstance(rule, known))
    return {kind: {f.name: _plain(getattr(rule, f.name)) for f in dataclasses.fields(rule) if getattr(rule, f.name) != f.default}}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise PipelineError(
        f"{value!r} of type {type(value).__name__} cannot be written to a file; options are numbers, strings, and lists of them"
    )


def yaml_text(data: Any) -> str:
    """Plain data as YAML. What does not print is written by its code: YAML folds the rarer line ends into spaces, even between quotes."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def represent_str(self, text: str) -> yaml.ScalarNode:
            return self.represent_scalar("tag:yaml.org,2002:str", text, None if text.isprintable() else '"')

    Dumper.add_representer(str, Dumper.represent_str)
    return str(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120))


def decode_part(data: Any, where: str) -> Any:
    """The part that `encode_part` wrote, or a person: ``{kind: {option: value}}``, or ``{kind: value}`` for its first option.

    Raises:
        UnknownName: a kind, an option, a rule or a measure does not exist.
        PipelineError: it is of another form, or a value does not fit.
    """
    if not isinstance(data, Mapping) or len(data) != 1:
        raise PipelineError(f"{where}: a step is written `kind: options`, this is {data!r}")
    (name, options), *_ = data.items()
    kind = registry.kind(str(name), where)
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
    if not isinstance(options, Mapping):
        options = {} if options is None else {next(iter(fields)): options}
    for option in options:
        if option not in fields:
            raise unknown(f"option of {name}", str(option), fields, where)
    values = {option: _value(fields[option], value, f"{where}, {name}.{option}") for option, value in options.items()}
    try:
        return kind(**values)
    except ArcleanError as error:
        raise type(error)(f"{where}: {error}") from error
    except (TypeError, ValueError) as error:
        raise PipelineError(f"{where}: {name} cannot be made of {options!r}: {error}") from error


def _value(field: dataclasses.Field[Any], value: Any, where: str) -> Any:
    if field.name == "rules":
        return decode_rules(value, where)
    frozen = _frozen(value)
    demand_fit(frozen, field.type, where)
    return frozen


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, (list, tuple)) else value


def decode_rules(data: Any, where: str) -> tuple[Rule, ...]:
    """Rules from a list of names of rules or families, and of rules in full.

    Raises:
        UnknownName, PipelineError, RuleError: see `decode_part` and `arclean.rule`.
    """
    entries = [data] if isinstance(data, (str, Mapping)) else data
    if not isinstance(entries, Sequence):
        raise PipelineError(f"{where}: give a list of names of rules, this is {data!r}")
    found: list[Rule] = []
    for entry in entries:
        for rule in rules.resolve(entry, where) if isinstance(entry, str) else (decode_rule(entry, where),):
            if rule not in found:
                found.append(rule)
    return tuple(found)


def decode_rule(data: Any, where: str) -> Rule:
    """A rule in full, ``{kind: fields}``.

    Raises:
        UnknownName: a kind or a field does not exist.
        RuleError: the rule cannot be made.
        PipelineError: a field is missing.
    """
    if not isinstance(data, Mapping) or len(data) != 1:
        raise PipelineError(f"{where}: a rule is a name, or `char:`, `context:`, `line:` or `pattern:` and its fields; this is {data!r}")
    (kind, given), *_ = data.items()
    if kind not in RULE_KINDS:
        raise unknown("kind of rule", str(kind), RULE_KINDS, where)
    if not isinstance(given, Mapping):
        raise PipelineError(f"{where}: a {kind} rule is written with its fields; this is {given!r}")
    fields = {field.name for field in dataclasses.fields(RULE_KINDS[kind])}
    for name in given:
        if name not in fields:
            raise unknown(f"field of a {kind} rule", str(name), fields, where)
    try:
        return RULE_KINDS[kind](**{name: _frozen(value) for name, value in given.items()})
    except TypeError as error:
        raise PipelineError(f"{where}: the {kind} rule {given.get('name', '')!r} is not whole: {error}") from error


def content(part: Any) -> Any:
    """What a part does, as plain data: its options, its rules without their names, reasons and examples."""
    if isinstance(part, registry.Each):
        return ["each", part.content()]
    name = registry.name_of(part)
    told: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if field.init:
            told[field.name] = [_rule_content(rule) for rule in value] if field.name == "rules" else _plain(value)
    if hasattr(part, "reads"):  # what it depends on beside its options: name to hash
        told["reads"] = dict(part.reads())
    return [name, told]


def _rule_content(rule: Rule) -> Any:
    told = {f.name: _plain(getattr(rule, f.name)) for f in dataclasses.fields(rule) if f.name not in _EXAMPLES}
    return [type(rule).__name__, told]


def fingerprint(parts: Sequence[Any]) -> str:
    """16 hexadecimal digits over what the parts do; names, reasons and examples do not count."""
    told = json.dumps([content(part) for part in parts], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
