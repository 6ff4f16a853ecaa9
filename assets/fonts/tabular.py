"""Makes this folder's fonts from Inter: its tabular digits become the default ones, and scripts that the
program's words and most names do not need are left out. Needs fonttools.

    python3 tabular.py FOLDER_WITH_INTER_OTF OUTPUT_FOLDER
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
# Latin, Greek, Cyrillic, Vietnamese, punctuation, super- and subscripts, currencies, arrows, mathematics, shapes.
KEPT = ((0x20, 0x24F), (0x2B0, 0x36F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x20BF),
        (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF),
        (0x2713, 0x2717), (0xFB00, 0xFB04), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD))


def tabular_digits(font):
    """The glyphs that the font's feature `tnum` puts in the place of the digits."""
    table = font["GSUB"].table
    feature = next(r.Feature for r in table.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    swaps = {}
    for index in feature.LookupListIndex:
        for sub in table.LookupList.Lookup[index].SubTable:
            swaps |= getattr(sub, "ExtSubTable", sub).mapping
    cmap = font.getBestCmap()
    return {ord(digit): swaps[cmap[ord(digit)]] for digit in "0123456789"}


def main(source, target):
    for weight in WEIGHTS:
        font = TTFont(Path(source) / f"Inter-{weight}.otf")
        digits = tabular_digits(font)
        for table in font["cmap"].tables:
            table.cmap |= {code: glyph for code, glyph in digits.items() if code in table.cmap}
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "calt"], name_IDs=["*"],
                                 notdef_outline=True, glyph_names=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[c for low, high in KEPT for c in range(low, high + 1)])
        subsetter.subset(font)
        glyphs = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
        # Interpolated weights are rounded: one digit may be a thousandth wider than the others.
        widest = max(font["hmtx"][glyph][0] for glyph in glyphs)
        for glyph in glyphs:
            font["hmtx"][glyph] = (widest, font["hmtx"][glyph][1])
        font.save(Path(target) / f"Inter-{weight}.otf")


if __name__ == "__main__":
    main(*sys.argv[1:])
