// The last step of a build: few files for a phone to fetch, and each packed as tight as it goes.
//
// cargo-leptos splits the browser's code into one file for each set of pages that share it: near a hundred, most of them
// tiny, each with headers of its own and packed by itself. Here the files that are wanted together become one, named after
// who wants them; its pieces are compiled one by one, as before. Then every file of the site gets its .br and .gz.
//
//   node app/wasm/bundle.mjs target/site
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const site = process.argv[2];
assert.ok(site, "say which site folder");
const pkg = join(site, "pkg");
const named = (start, end) => readdirSync(pkg).find((name) => name.startsWith(start) && name.endsWith(end));
const text = (name) => readFileSync(join(pkg, name), "utf8");
const digest = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("base64url").slice(0, 22);

// Which bundle a piece belongs to, by who uses it: the first that fits. A page fetches every bundle that holds a piece of
// its own, so what one of them uses alone stands by itself, and few of the others are fetched for little.
const uses = (by, ...any) => any.some((one) => by.has(one));
const BUNDLES = [
  [(by) => by.size === 1, (by) => [...by][0]],
  [(by) => uses(by, "mine") && uses(by, "polls", "record", "vote", "trustee"), () => "shared"],
  [(by) => uses(by, "mine"), () => "account"],
  [(by) => uses(by, "polls"), () => "poll"],
  [(by) => uses(by, "vote"), () => "box"],
  [(by) => uses(by, "verdict", "stands"), () => "check"],
  [(by) => uses(by, "recounted", "computed"), () => "recount"],
  [() => true, () => "desk"],
];
const bundleOf = (by) => BUNDLES.find(([fits]) => fits(by))[1](by);

const loader = named("__wasm_split.", ".js"), manifest = named("__wasm_split_manifest", ".json");
const wants = Object.entries(JSON.parse(text(manifest)));
const users = new Map();
for (const [wanted, pieces] of wants)
  for (const piece of pieces) users.set(piece, (users.get(piece) ?? new Set()).add(wanted.replace(/_\d+$/, "")));

// One file for each bundle, and where each piece lies in it.
const place = new Map();
for (const name of new Set([...users.values()].map(bundleOf))) {
  const pieces = [...users].filter(([, by]) => bundleOf(by) === name).map(([piece]) => piece).sort();
  const bytes = pieces.map((piece) => readFileSync(join(pkg, `${piece}.wasm`)));
  const file = `${name}.${digest(...bytes)}`;
  let start = 0;
  pieces.forEach((piece, i) => {
    place.set(piece, { file, start, end: (start += bytes[i].length) });
    rmSync(join(pkg, `${piece}.wasm`));
  });
  writeFileSync(join(pkg, `${file}.wasm`), Buffer.concat(bytes));
}

// The loader takes pieces out of bundles.
const PIECE = `
const bundles = new Map();
async function fetched(file, tries) {
    const answer = await fetch(new URL(file, import.meta.url)).catch(() => undefined);
    const bytes = answer?.ok && await answer.arrayBuffer().catch(() => undefined);
    if (bytes) return bytes;
    // Another version's file: the page anew asks for today's. Not at once after a page has come, or it would go round.
    if (answer?.status === 404 && performance.now() > 20000) location.reload();
    // A page whose code does not come cannot go on; so it waits for the network.
    await new Promise((again) => setTimeout(again, Math.min(500 * 2 ** tries, 15000)));
    return fetched(file, tries + 1);
}
function piece(file, start, end) {
    if (!bundles.has(file)) bundles.set(file, fetched(file, 0));
    return bundles.get(file).then((bytes) => new Uint8Array(bytes, start, end - start));
}
`;
let pieces = 0;
const script = text(loader)
  .replace(/^\/\*.*\*\/\n/gm, "")
  .replace(/const src = fetch\(new URL\("\.\/([^"]+)\.wasm", import\.meta\.url\)\);\n\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);/g, (_, name) => {
    const { file, start, end } = place.get(name);
    pieces += 1;
    return `const src = piece("./${file}.wasm", ${start}, ${end}); return async (imports) => WebAssembly.instantiate(await src, imports);`;
  });
assert.equal(pieces, place.size, "the loader of this wasm_split names its pieces in another way");
writeFileSync(join(pkg, loader), PIECE + script);
writeFileSync(join(pkg, manifest), JSON.stringify(Object.fromEntries(
  wants.map(([wanted, all]) => [wanted, [...new Set(all.map((piece) => place.get(piece).file))]]))));

// Files are kept for ever under their names: what this script changed has to be called otherwise.
const hashes = join(site, "hash.txt");
let listed = readFileSync(hashes, "utf8");
const own = readFileSync(new URL(import.meta.url));
const renamed = [loader, named("minyi.", ".js"), named("minyi.", ".wasm")].map((name) => {
  const before = name.split(".").at(-2);
  return { name, before, after: digest(before, own, PIECE + script) };
});
for (const { name, before, after } of renamed) {
  listed = listed.replaceAll(before, after);
  renameSync(join(pkg, name), join(pkg, name.replace(before, after)));
}
writeFileSync(hashes, listed);
for (const { name, before, after } of renamed) {
  const path = join(pkg, name.replace(before, after));
  let bytes = readFileSync(path).toString("latin1");
  for (const other of renamed) bytes = bytes.replaceAll(other.before, other.after);
  writeFileSync(path, Buffer.from(bytes, "latin1"));
}

// Packed once, as tight as it goes.
for (const entry of readdirSync(site, { recursive: true })) {
  const path = join(site, entry);
  if (!statSync(path).isFile() || /\.(br|gz)$|hash\.txt$|manifest\S*\.json$/.test(path)) continue;
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
