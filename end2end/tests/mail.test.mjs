// Mail through a real SMTP server: a confirmed address, a ballot that was recorded, a poll that closes soon, its result.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { browser, desk, folder, phone, portal } from "../harness.mjs";
import { cast, choose, seal, signIn } from "../people.mjs";
import { askForMail, confirm, mailServer, settings } from "../post.mjs";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

test("mail over SMTP", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const post = await mailServer(t);
  const clock = path.join(await folder(t), "clock");
  await writeFile(clock, "0");
  const env = { MINYI_CLOCK_FILE: clock, ...settings(post) };
  const { url, accounts: demo } = await portal(t, { demo: true, env });
  const [resident] = demo.accounts.residents;
  const address = "resident@example.com";
  const { id: poll, title } = demo.polls.system;
  const about = (what) => new RegExp(`^${what}：${title}$`);

  await t.test("an address counts once its link is opened and confirmed", async () => {
    const page = await desk(instance, url, { javaScriptEnabled: false });
    await signIn(page, resident, { script: false });
    const { letter, link } = await askForMail(page, post, address);
    assert.equal(letter.from.text, '"民议" <noreply@minyi.example>');
    assert.ok(link.startsWith(`${url}/mail/confirm?token=`), link);
    // Mail programs open links by themselves: that alone confirms nothing.
    await page.goto(link);
    await page.goto("/me/mail");
    await page.getByText("确认信已经寄出").waitFor();
    await confirm(page, link);
    await page.goto("/me/mail");
    assert.equal(await page.getByText("确认信已经寄出").count(), 0);
    await page.context().close();
  });

  await t.test("a ballot that was recorded is told to whom it was recorded for", async () => {
    const page = await phone(instance, url);
    await signIn(page, resident);
    await choose(page, poll);
    await seal(page);
    await cast(page, poll);
    const letter = await post.arrives(address, about("已为您记录一张选票"));
    assert.ok(letter.text.includes(`${url}/polls/${poll}`), letter.text);
    await page.context().close();
  });

  await t.test("a poll that closes soon, and its result", async () => {
    await writeFile(clock, String(4 * DAY + HOUR));
    await post.arrives(address, about("投票即将截止"));
    await writeFile(clock, String(5 * DAY + HOUR));
    const letter = await post.arrives(address, about("投票结果"));
    assert.ok(letter.text.includes(`${url}/polls/${poll}`), letter.text);
    assert.deepEqual(letter.envelope.rcptTo.map((to) => to.address), [address]);
  });

  await t.test("one click ends it, and nobody else was written to", async () => {
    const { text } = await post.arrives(address, about("投票结果"));
    const link = text.match(/http:\/\/\S+\/mail\/unsubscribe\?token=\S+/)[0];
    const page = await desk(instance, url, { javaScriptEnabled: false });
    await page.goto(link);
    await page.locator("main form button").first().click();
    await page.waitForURL(/done=/);
    assert.deepEqual([...new Set(post.mails.map((mail) => mail.to.text))], [address]);
    const keys = post.mails.map((mail) => mail.messageId);
    assert.equal(new Set(keys).size, keys.length, "no mail was sent twice");
    await page.context().close();
  });
});
