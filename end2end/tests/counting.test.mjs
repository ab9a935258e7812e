// After the close: two trustees open the totals in their own browsers, and a visitor recounts the poll.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { alive, axe, browser, folder, minyi, phone, picture, portal } from "../harness.mjs";
import { setClock, signIn } from "../people.mjs";

const DAYS = 24 * 3600 * 1000;

test("a finished poll is recounted in the page, and by the command", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const { url, accounts: demo } = await portal(t, { demo: true });
  const poll = demo.polls.finished.id;

  await t.test("in the visitor's browser, the page staying usable", async () => {
    const page = await phone(instance, url);
    await page.goto(`/polls/${poll}/result`);
    await alive(page);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("button", { name: "开始复核" }).click();
    // Reading on while it works.
    await page.locator("summary").first().click();
    await page.getByText("复核一致").waitFor({ timeout: 300_000 });
    assert.equal(await page.locator(".recount-steps li[data-mark=passed]").count(), 12);
    assert.equal(await page.locator(".recount-steps li[data-mark=failed]").count(), 0);
    await picture(page, "recount");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  await t.test("a record that was tampered with on the way is noticed", async () => {
    const page = await phone(instance, url);
    await page.route("**/board/tile/entries/**", async (route) => {
      const answer = await route.fetch();
      const body = Buffer.from(await answer.body());
      body[body.length - 40] ^= 1;
      await route.fulfill({ status: 200, contentType: "application/octet-stream", body });
    });
    await page.goto(`/polls/${poll}/result`);
    await alive(page);
    await page.getByRole("button", { name: "开始复核" }).click();
    await page.getByText("复核不一致").waitFor({ timeout: 300_000 });
    assert.ok((await page.locator(".recount-steps li[data-mark=failed]").count()) >= 1);
    await page.context().close();
  });

  await t.test("by the command that the page offers", async () => {
    const { code, out, err } = await minyi(["verify", `${url}/polls/${poll}`, "--json"]);
    assert.equal(code, 0, err + out);
  });
});

test("trustees open the totals after the close", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const place = await folder(t);
  const clock = path.join(place, "clock");
  await writeFile(clock, "0");
  const { url, accounts: demo } = await portal(t, { demo: true, env: { MINYI_CLOCK_FILE: clock } });
  const poll = demo.polls.open.id;

  await t.test("not before", async () => {
    const page = await phone(instance, url);
    await signIn(page, demo.accounts.trustees[0]);
    await page.goto(`/trustee/${poll}`);
    await alive(page);
    await page.locator("textarea#code").fill(demo.accounts.trustees[0].recovery_code);
    await page.getByRole("button", { name: "恢复", exact: true }).click();
    await page.getByText("钥匙做好了").waitFor();
    await page.getByText("票箱里登记的就是这一把").waitFor();
    assert.equal(await page.getByRole("button", { name: "打开总数" }).count(), 0);
    await picture(page, "trustee");
    await page.context().close();
  });

  await t.test("a wrong code is recognised as somebody else's", async () => {
    const page = await phone(instance, url);
    await signIn(page, demo.accounts.trustees[0]);
    await page.goto(`/trustee/${poll}`);
    await alive(page);
    await page.locator("textarea#code").fill(demo.accounts.trustees[1].recovery_code.slice(0, -1) + "?");
    await page.getByRole("button", { name: "恢复", exact: true }).click();
    await page.getByText("恢复码不对").waitFor();
    await page.locator("textarea#code").fill(demo.accounts.trustees[1].recovery_code);
    await page.getByRole("button", { name: "恢复", exact: true }).click();
    await page.getByText("不是这次投票里您的那一个").waitFor();
    await page.context().close();
  });

  await writeFile(clock, String(11 * DAYS));

  await t.test("two of three are enough, each on a board they have verified", async () => {
    for (const trustee of demo.accounts.trustees.slice(0, 2)) {
      const page = await phone(instance, url);
      await setClock(page, 11 * DAYS);
      await signIn(page, trustee);
      await page.goto(`/trustee/${poll}`);
      await alive(page);
      await page.locator("textarea#code").fill(trustee.recovery_code);
      await page.getByRole("button", { name: "恢复", exact: true }).click();
      await page.getByRole("button", { name: "打开总数" }).click();
      // What is about to be opened is read to the others before it is.
      await page.getByRole("button", { name: "对过了，交出我的一份" }).click({ timeout: 300_000 });
      await page.getByText("您的一份已经交了").waitFor({ timeout: 300_000 });
      assert.deepEqual(page.problems, []);
      await page.context().close();
    }
    const page = await phone(instance, url);
    await page.goto(`/polls/${poll}/result`);
    await page.getByText("结果已公布").waitFor();
    await picture(page, "result");
    await page.context().close();
  });
});
