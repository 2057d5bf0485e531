"""The terms of the namespace of ssekg that are the tool's: its model of evidence, and nothing of any project."""

from typing import Final

EVIDENCE: Final = frozenset(
    {
        *("Source", "Passage", "FieldNote", "PartialDate"),
        *("passage", "confidence", "nameNotKnownIn", "record", "property", "linkedThing", "fieldLanguage"),
        *("alternativeValue", "alternative", "remark", "publisherName", "dateNotKnown", "sourceLanguage", "sourceKind"),
        *("licenceStatement", "paragraphNumber", "withdrawnOn", "withdrawalReason", "wanted", "gapReason"),
    }
)
