// Bytes are not noise: what a first visit and a first vote cost a phone, as sent over the wire.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, browser, phone, portal } from "../harness.mjs";
import { signIn } from "../people.mjs";

const FIRST_VISIT = 220_000, HTML = 30_000, VOTING = 80_000;
/** Nobody has set this one: a poll's page as the first of all, where the code on a notice board leads. It must not grow unseen. */
const FIRST_POLL = 345_000;

/** Adds up what the network panel would show: encoded bodies and headers, by type of resource. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const types = new Map(), bytes = new Map();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    types.set(requestId, { type, url: response.url, encoding: response.headers["content-encoding"] ?? response.headers["Content-Encoding"] });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  return {
    sum: () => [...bytes.values()].reduce((all, one) => all + one, 0),
    list: () => [...bytes].map(([id, size]) => ({ size, ...types.get(id) })).sort((a, b) => b.size - a.size),
    reset: () => bytes.clear(),
  };
}

const table = (list) => list.map(({ size, type, encoding, url }) => `${String(size).padStart(8)} ${type} ${encoding ?? "-"} ${url}`).join("\n");

test("what a phone loads", async (t) => {
  const instance = await browser(t);
  const { url, accounts } = await portal(t, { demo: true });

  await t.test("a first visit stays within its bytes", async () => {
    const page = await phone(instance, url);
    const wire = await meter(page);
    await page.goto("/", { waitUntil: "networkidle" });
    await alive(page);
    const html = wire.list().find((one) => one.type === "Document");
    t.diagnostic(`first visit ${wire.sum()} bytes, HTML ${html.size}\n${table(wire.list())}`);
    assert.ok(html.size <= HTML, `the document takes ${html.size} of ${HTML} bytes`);
    assert.ok(wire.sum() <= FIRST_VISIT, `the first visit takes ${wire.sum()} of ${FIRST_VISIT} bytes\n${table(wire.list())}`);
    await page.context().close();
  });

  await t.test("a first visit that begins at a poll does not grow unseen", async () => {
    const page = await phone(instance, url);
    const wire = await meter(page);
    await page.goto(`/polls/${accounts.polls.open.id}`, { waitUntil: "networkidle" });
    await alive(page);
    const html = wire.list().find((one) => one.type === "Document");
    t.diagnostic(`a poll as the first page ${wire.sum()} bytes, HTML ${html.size}\n${table(wire.list())}`);
    assert.ok(html.size <= HTML, `the document takes ${html.size} of ${HTML} bytes`);
    assert.ok(wire.sum() <= FIRST_POLL, `a poll as the first page takes ${wire.sum()} of ${FIRST_POLL} bytes\n${table(wire.list())}`);
    await page.context().close();
  });

  await t.test("voting adds no more than its share", async () => {
    const page = await phone(instance, url);
    await signIn(page, accounts.accounts.residents[0]);
    await page.goto(`/polls/${accounts.polls.open.id}`, { waitUntil: "networkidle" });
    await alive(page);
    const wire = await meter(page);
    await page.locator(`a[href="/polls/${accounts.polls.open.id}/vote"]`).first().click();
    await page.waitForSelector("input[type=radio], input[type=checkbox]");
    // The last of it, fetched once the booth is open: without it nothing can be sealed.
    while (!wire.list().some(({ url }) => url?.includes("/ui/fetch_start"))) await page.evaluate(() => 0);
    t.diagnostic(`voting adds ${wire.sum()} bytes\n${table(wire.list())}`);
    assert.ok(wire.sum() > 0 && wire.sum() <= VOTING, `voting adds ${wire.sum()} of ${VOTING} bytes\n${table(wire.list())}`);
    await page.context().close();
  });
});
