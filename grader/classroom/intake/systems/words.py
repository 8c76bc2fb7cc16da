"""What systems call their folders in the languages of their sites, as patterns."""

from __future__ import annotations

# Sakai's folders of what was handed in, and of what went back.
ATTACHED = (
    r"(?i:attach|anhang|anh[äa]nge|anlage|jointe|adjunt|anex|allegat|bijlage|bilag|za[łl][ąa]cz)"
)
SUBMITTED = (
    r"(?i:submi|abgabe|einreich|soumi|rendu|entreg|env[ií]|submet|consegn|inlever|inl[äa]mn)"
)
FED_BACK = (
    r"(?i:feedback|comment|r[üu]ckmeldung|retro|realiment|restitu|devolu|riscontr|terugkoppel)"
)
# The two folders of a Teams class: words for files, and for handed in or begun.
_FILES = r"(?i:files?|dateien|fichiers|archivos|ficheiros|arquivos|pliki|bestanden|filer|soubory)"
_DONE = (
    r"(?i:eingereicht|[üu]bermittelt|abgegeben|envoy[ée]s|remis|enviad|entreg|inviati|consegnati|"
    r"przes[łl]ane|ingediend|ingeleverd|inl[äa]mna|indsendt|innsendt|odevzdan)"
)
_BEGUN = r"(?i:arbeit|travail|trabajo|trabalho|lavoro|robocz|werk|arbets|arbejds|pracovn)"
TEAMS_FOLDER = (
    rf"Submitted files|{_FILES} {_DONE}\w*|{_DONE}\w* {_FILES}"
    rf"|(?P<draft>Working files|{_FILES} (?:d[aeio] )?{_BEGUN}\w*|{_BEGUN}\w*{_FILES})"
)
