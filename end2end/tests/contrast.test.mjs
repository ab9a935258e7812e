// Every pair of colours that text uses, in every theme of style/tokens.css: 4.5 to 1, and 3 to 1 for drawings.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

const css = await readFile(path.resolve(import.meta.dirname, "../../style/tokens.css"), "utf8");

/** The colours that blocks with this selector set, the later ones winning. */
function colours(selector) {
  const found = {};
  for (const [, name, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (name.trim().split("\n").pop().trim() !== selector) continue;
    for (const [, token, value] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)) found[token] = value;
  }
  return found;
}

const light = colours(":root");
const auto = [...css.matchAll(/@media \(([^)]+)\)\s*\{\s*:root\[data-theme="auto"\]\s*\{([^}]*)\}/g)];
const themes = {
  light,
  dark: { ...light, ...colours(':root[data-theme="dark"]') },
  contrast: { ...light, ...colours(':root[data-theme="contrast"]') },
};
for (const [, query, body] of auto) {
  const set = Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(([, token, value]) => [token, value]));
  themes[query] = { ...light, ...set };
}

const channel = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => {
  const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const TEXT = [
  ...["ink", "ink-2", "ink-3", "seal", "deep", "deep-strong", "ok", "gold-ink"].flatMap((on) => [[on, "paper"], [on, "sheet"], [on, "tint"]]),
  ["on-deep", "deep"], ["on-deep", "deep-strong"], ["on-seal", "seal-fill"], ["paper", "ink"], ["paper", "gold-ink"],
  ["bench-ink", "bench"], ["bench-ink", "bench-raised"], ["bench-quiet", "bench"], ["bench-mark", "bench"], ["bench-mark", "bench-raised"],
];
const DRAWN = [["deep", "track"], ["gold", "sheet"], ["gold", "paper"], ["line-strong", "sheet"], ["line-strong", "paper"], ["seal", "track"]];

test("there are light, dark, contrast and what the device asks for", () => {
  assert.equal(auto.length, 2);
  assert.ok(Object.keys(light).length > 20);
});

for (const [name, theme] of Object.entries(themes)) {
  test(`${name}: text has 4.5 to 1, drawings 3 to 1`, () => {
    const low = [];
    for (const [pairs, least] of [[TEXT, 4.5], [DRAWN, 3]]) {
      for (const [on, below] of pairs) {
        const ratio = contrast(theme[on], theme[below]);
        if (!(ratio >= least)) low.push(`${on} on ${below}: ${ratio.toFixed(2)}, needs ${least}`);
      }
    }
    assert.deepEqual(low, []);
  });
}
