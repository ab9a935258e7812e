// A resident's phone: choose, check, seal, cast; test a ballot; vote again; the receipt checked on each return; no network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, axe, browser, desk, phone, picture, portal } from "../harness.mjs";
import { cast, choose, inTheBox, reach, seal, signIn } from "../people.mjs";

test("voting on a phone", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const { url, accounts: demo } = await portal(t, { demo: true });
  const poll = demo.polls.open.id;
  const [voter, tester, patient] = demo.accounts.residents;

  await t.test("a sealed ballot is cast and its receipt is checked on the device", async () => {
    const page = await phone(instance, url);
    await signIn(page, voter);
    await page.goto(`/polls/${poll}`);
    await page.locator(`a[href="/polls/${poll}/vote"]`).first().click();
    await page.locator("fieldset.options").first().waitFor();
    await picture(page, "ballot-empty");
    await choose(page, poll);
    await picture(page, "ballot");
    const code = await seal(page);
    await picture(page, "sealed");
    assert.deepEqual(await axe(page), []);
    assert.equal(await cast(page, poll), code);
    assert.deepEqual(await axe(page), []);
    await picture(page, "receipt");

    // Coming back checks again, against the checkpoint kept from before.
    await page.reload();
    assert.equal(await inTheBox(page), code);

    // Voting again replaces: another code, and the list of what was recorded shows both.
    await choose(page, poll, [1]);
    const second = await seal(page);
    assert.notEqual(second, code);
    assert.equal(await cast(page, poll), second);
    await page.goto(`/polls/${poll}`);
    await page.getByText("第 2 次").waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  await t.test("a ballot that is opened shows what it holds, here and on a second device, and never counts", async () => {
    const page = await phone(instance, url);
    await signIn(page, tester);
    await choose(page, poll, [1]);
    const code = await seal(page);
    await page.getByRole("button", { name: "检验这张票" }).click();
    await page.getByRole("button", { name: "打开，作废这张" }).click();
    await page.getByText("这张票打开了，不算数").waitFor();
    const chosen = (await page.locator("dd strong").first().innerText()).trim();
    await picture(page, "opened");

    const second = await phone(instance, url);
    await second.goto(`/polls/${poll}/challenge/${code.replaceAll(" ", "-")}`);
    await alive(second);
    await second.getByRole("button", { name: "在本机重新计算" }).click();
    await second.getByText("和封好的票完全一样").waitFor();
    assert.equal((await second.locator("dd strong").first().innerText()).trim(), chosen);
    assert.deepEqual(await axe(second), []);
    await second.context().close();

    await page.getByRole("button", { name: "重新封一张再投" }).click();
    await page.getByRole("button", { name: "封票", exact: true }).click();
    assert.notEqual(await cast(page, poll), code);
    await page.context().close();
  });

  await t.test("sealing leaves the page responsive on a slow phone", async () => {
    const page = await phone(instance, url);
    await signIn(page, patient);
    await choose(page, poll);
    await page.getByRole("button", { name: "核对选票" }).click();
    await page.getByRole("button", { name: "封票", exact: true }).waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll("button")].some((b) => b.textContent.includes("封票") && !b.disabled));
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    await page.evaluate(() => {
      globalThis.longest = 0;
      let last = performance.now();
      const beat = () => { const now = performance.now(); globalThis.longest = Math.max(globalThis.longest, now - last); last = now; setTimeout(beat, 0); };
      beat();
    });
    await page.getByRole("button", { name: "封票", exact: true }).click();
    await page.getByRole("button", { name: "放进票箱" }).waitFor();
    const longest = Math.round(await page.evaluate(() => globalThis.longest));
    t.diagnostic(`longest pause while sealing at a 6 × slowdown: ${longest} ms`);
    await page.context().close();
  });

  await t.test("without network the sealed ballot waits on the phone and arrives once", async () => {
    const page = await phone(instance, url);
    await signIn(page, patient);
    await choose(page, poll);
    const code = await seal(page);
    let answers = 0;
    // The phone registers its key; then the server records the ballot, and the answer is lost on the way.
    await page.route("**/ui/post_entry*", async (route) => {
      answers += 1;
      if (answers === 2) {
        await route.fetch();
        await route.abort("connectionreset");
      } else await route.continue();
    });
    await page.getByRole("button", { name: "放进票箱" }).click();
    await page.getByText("封好的票存在本机").waitFor();
    await page.getByRole("button", { name: "现在再送" }).click();
    await page.waitForURL(`**/polls/${poll}/receipt`);
    assert.equal(await inTheBox(page), code);
    assert.ok(answers >= 3);
    await page.goto(`/polls/${poll}`);
    await page.getByText("第 1 次").waitFor();
    assert.equal(await page.getByText("第 2 次").count(), 0);

    // A box with another history than the one this phone has seen.
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("minyi.voter."));
      const kept = JSON.parse(localStorage.getItem(key));
      kept.head.root = "00".repeat(32);
      localStorage.setItem(key, JSON.stringify(kept));
    });
    await page.goto(`/polls/${poll}/receipt`);
    await page.getByText("票箱和上次看到的不是同一个").waitFor();
    await page.context().close();
  });

  await t.test("another phone of the same person is told to have its registration renewed", async () => {
    const page = await phone(instance, url);
    await signIn(page, voter);
    await choose(page, poll).catch(() => {});
    await page.getByText("您在另一台设备上投过票").waitFor();
    await page.getByRole("button", { name: "申请补发" }).click();
    await page.getByText("申请已交给经办人").waitFor();
    await page.context().close();
  });

  await t.test("a ballot that is not in the box raises the alarm", async () => {
    const page = await phone(instance, url);
    await page.goto(`/polls/${poll}`);
    await page.evaluate((poll) => {
      const kept = { title: "x", tracker: "0000 0000 0000 0000", hash: "00".repeat(32), leaf_hash: "00".repeat(32), at: 0,
        origin: "x", log_key: "00".repeat(32), checked_at: null };
      localStorage.setItem(`minyi.voter.${poll}.1`, JSON.stringify({ seed: "00".repeat(32), pending: null, receipt: kept, head: null, tested: [] }));
    }, poll);
    await page.goto(`/polls/${poll}/receipt`);
    await page.getByText("票箱里找不到这张票").waitFor();
    await page.context().close();
  });

  await t.test("a ballot is cast by keyboard alone", async () => {
    const page = await desk(instance, url);
    // In the poll whose key the system holds: it says so, and is voted in the same way.
    const poll = demo.polls.system.id;
    await signIn(page, patient);
    await page.goto(`/polls/${poll}/vote`);
    await alive(page);
    await page.getByText("密钥由系统保管").first().waitFor();
    const option = (await page.locator(".option-text").first().innerText()).trim();
    await reach(page, option);
    await page.keyboard.press("Space");
    await reach(page, "核对选票");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.matches("h1.booth-title"));
    await page.waitForFunction(() => [...document.querySelectorAll("button")].some((b) => b.textContent.trim() === "封票" && !b.disabled));
    await reach(page, "封票");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "放进票箱" }).waitFor();
    await page.waitForFunction(() => document.activeElement.matches("h1.booth-title"));
    await reach(page, "放进票箱");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/polls/${poll}/receipt`);
    await inTheBox(page);
    await page.context().close();
  });

  await t.test("without JavaScript the ballot can be read and names the other ways", async () => {
    const page = await phone(instance, url, { javaScriptEnabled: false });
    await signIn(page, demo.accounts.residents.at(-1), { script: false });
    await page.goto(`/polls/${poll}/vote`);
    const words = await page.locator("main").innerText();
    assert.match(words, /需要开启 JavaScript/);
    assert.match(words, /居委会窗口/);
    assert.ok((await page.locator("label.option").count()) >= 2);
    await page.context().close();
  });
});
