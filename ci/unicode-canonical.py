#!/usr/bin/env python3
"""Prints src/Repro.Engine/Text/Unicode/canonical.txt: canonical decompositions and combining classes, from Python's own Unicode data.

Python 3.6 has Unicode 9, which Hugging Face's tokenizers normalise with; later versions order the marks of some rare scripts otherwise.
"""
import sys
import unicodedata

print(f"# Canonical decompositions (! marks those that are not composed again) and ranges of combining classes, Unicode {unicodedata.unidata_version}.")
print("# Facts of the Unicode Character Database, (c) Unicode, Inc., under the Unicode License v3; written by ci/unicode-canonical.py.")
for code in range(sys.maxunicode + 1):
    decomposition = unicodedata.decomposition(chr(code))
    if decomposition and not decomposition.startswith("<"):
        parts = " ".join(f"{int(part, 16):X}" for part in decomposition.split())
        print(f"{code:X} {parts}{'' if unicodedata.normalize('NFC', chr(code)) == chr(code) else ' !'}")

start = 0
for code in range(1, sys.maxunicode + 2):
    before = unicodedata.combining(chr(start))
    if code > sys.maxunicode or unicodedata.combining(chr(code)) != before:
        if before:
            print(f"{start:X}-{code - 1:X} {before}")
        start = code
