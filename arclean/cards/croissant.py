"""Croissant: what a dataset is, for machines (JSON-LD, version 1.0 of the format of MLCommons).

The files are named by their place beside the metadata, with their SHA-256, which the format wants. Source: https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.cards.about import About
    from arclean.dataset.place import Place
    from arclean.reports.facts import Facts

NAME: Final = "croissant.json"
"""What the file is called, beside the data."""

_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Final = {
    "string": "sc:Text",
    "large_string": "sc:Text",
    "int8": "sc:Integer",
    "int16": "sc:Integer",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "uint32": "sc:Integer",
    "uint64": "sc:Integer",
    "float": "sc:Float",
    "double": "sc:Float",
    "bool": "sc:Boolean",
}
"""Arrow's names of types to those of the format; columns of other types are left out of the record set."""
_READ: Final = 4 << 20


def croissant(found: Facts, about: About) -> dict[str, Any]:
    """The metadata of a dataset, ready to be written as JSON.

    Args:
        found: the dataset.
        about: what is said of it; what was not said is not in the metadata.
    """
    kinds = [kind for kind in ("data", "rejected") if any(one["kind"] == kind and one["rows"] for one in found.made["outputs"])]
    said = {
        "license": about.license,
        "url": about.homepage,
        "citeAs": about.citation,
        "creator": [{"@type": "sc:Person", "name": name} for name in about.authors],
        "inLanguage": list(about.languages),
    }
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.title,
        "description": about.description or f"{found.tally.kept:,} documents, made by arclean {found.made['arclean']}.",
        **{name: value for name, value in said.items() if value},
        "distribution": [*_files(found, kinds), *(_file_set(kind) for kind in kinds)],
        "recordSet": [_records(found, kind) for kind in kinds],
    }


def _files(found: Facts, kinds: list[str]) -> Iterator[dict[str, Any]]:
    for one in found.made["outputs"]:
        if one["kind"] in kinds and one["rows"]:
            yield {
                "@type": "cr:FileObject",
                "@id": one["path"],
                "name": one["path"],
                "contentUrl": one["path"],
                "contentSize": f"{one['size']} B",
                "encodingFormat": "application/x-parquet",
                "sha256": sha256(found.out / one["path"]),
            }


def _file_set(kind: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{kind}-files",
        "name": f"{kind}-files",
        "encodingFormat": "application/x-parquet",
        "includes": f"{kind}/*.parquet",
    }


def _records(found: Facts, kind: str) -> dict[str, Any]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{kind}/{column['name']}",
            "name": column["name"],
            "dataType": _TYPES[column["type"]],
            "source": {"fileSet": {"@id": f"{kind}-files"}, "extract": {"column": column["name"]}},
        }
        for column in found.made["columns"]
        if column["type"] in _TYPES
    ]
    return {"@type": "cr:RecordSet", "@id": kind, "name": kind, "field": fields}


def sha256(path: Place) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ):
            digest.update(block)
    return digest.hexdigest()
