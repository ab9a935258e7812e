// The workbench as a clerk meets it. Everything that needs no signing key works without JavaScript, so it is done without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, browser, desk, folder, phone, picture, portal } from "../harness.mjs";
import { writeFile } from "node:fs/promises";
import path from "node:path";

const PAGES = ["", "/roll", "/roll/import", "/letters", "/desk", "/key", "/polls", "/polls/new", "/people", "/audit"];

/** Signs in whether or not the page is alive: the form works either way. */
async function enter(page, { login, password }) {
  await page.goto("/sign-in");
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("main form button").first().click();
  await page.waitForURL((to) => !to.pathname.startsWith("/sign-in"));
}

/** A moment in China as a `datetime-local` field writes it. */
const local = (days) => new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 16);

test("the workbench", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const { url, accounts: demo } = await portal(t, { demo: true });
  const clerk = demo.accounts.clerks[0];
  const without = async (who = clerk) => {
    const page = await desk(instance, url, { javaScriptEnabled: false });
    await enter(page, who);
    return page;
  };

  await t.test("a resident has no business here", async () => {
    const page = await without(demo.accounts.residents[0]);
    await page.goto("/committee");
    assert.equal(await page.locator("nav.bench-nav").count(), 0);
    assert.match(await page.locator("h1").innerText(), /居委会办事的地方/);
    await page.context().close();
  });

  await t.test("every page fits 320 pixels, has its heading, and axe finds nothing", async () => {
    const page = await phone(instance, url, { viewport: { width: 320, height: 640 } });
    await enter(page, clerk);
    for (const rest of [...PAGES, `/polls/${demo.polls.open.id}`, `/polls/${demo.polls.finished.id}`]) {
      const answer = await page.goto(`/committee${rest}`);
      assert.equal(answer.status(), 200, rest);
      assert.notEqual((await page.locator("h1").innerText()).trim(), "", rest);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `/committee${rest} is ${wide} wide`);
      assert.deepEqual(await axe(page), [], rest);
    }
    await page.context().close();
  });

  await t.test("three languages have three texts", async () => {
    const page = await without();
    for (const rest of PAGES) {
      const seen = new Set();
      for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
        await page.context().addCookies([{ name: "lang", value: lang, url }]);
        await page.goto(`/committee${rest}`);
        seen.add(await page.locator(".bench-page").innerText());
      }
      assert.equal(seen.size, 3, rest);
    }
    await page.context().close();
  });

  await t.test("the roll is searched without a name in the address", async () => {
    const page = await without();
    await page.goto("/committee/roll");
    await page.locator("input[name=q][type=search]").fill(demo.unverified.name);
    await page.locator("form[role=search] button").click();
    assert.match(await page.locator("tbody").innerText(), new RegExp(demo.unverified.name));
    assert.equal(await page.locator("tbody tr").count(), 1);
    assert.equal(new URL(page.url()).search, "");
    await page.context().close();
  });

  await t.test("a file with errors names row and column, and imports nothing", async () => {
    const page = await without();
    const place = await folder(t);
    await page.goto("/committee/roll");
    const before = await page.locator(".bench-page p.num").innerText();
    const template = await (await page.request.get("/templates/roll.csv")).text();
    const heads = template.replace(/^\uFEFF/, "").split(/\r?\n/)[0];
    const file = path.join(place, "roll.csv");
    const row = heads.split(",").map((head) => (/姓名/.test(head) ? "甲" : /出生/.test(head) ? "三月" : "1")).join(",");
    await writeFile(file, `\uFEFF${heads}\r\n${row}\r\n`);
    await page.goto("/committee/roll/import");
    await page.locator("input[type=file]").setInputFiles(file);
    await page.locator("form:has(input[type=file]) button").click();
    await page.waitForURL(/\/roll\/import\/[0-9a-f]{32}/);
    while ((await page.locator("progress").count()) > 0) await page.reload();
    assert.match(await page.locator(".bench-page").innerText(), /处要改/);
    assert.ok((await page.locator("tbody tr").count()) >= 1);
    await page.goto("/committee/roll");
    assert.equal(await page.locator(".bench-page p.num").innerText(), before);
    await page.context().close();
  });

  await t.test("letters show each code once, and a second printing makes other codes", async () => {
    const page = await without();
    const print = async () => {
      await page.goto("/committee/letters");
      await page.locator("select[name=area]").selectOption({ index: 0 });
      await page.locator(".bench-page form button").click();
      return page.locator(".letter td.code").allInnerTexts();
    };
    const first = await print();
    assert.ok(first.length > 0 && new Set(first).size === first.length);
    await picture(page, "letters");
    const second = await print();
    assert.equal(second.length, first.length);
    assert.ok(second.every((code) => !first.includes(code)));
    await page.goto("/committee/letters");
    assert.equal(await page.locator(".letter").count(), 0);
    await page.context().close();
  });

  await t.test("at the desk a clerk sees who asks and confirms who they are", async () => {
    const resident = await desk(instance, url, { javaScriptEnabled: false });
    await resident.goto("/sign-up");
    await resident.locator("input[name=login]").fill("linxiaowen");
    await resident.locator("input[name=password]").fill("a long enough one 2026");
    await resident.locator("main form button").first().click();
    await resident.waitForURL((to) => !to.pathname.startsWith("/sign-up"));
    await resident.goto("/me/desk");
    const code = (await resident.locator("body").innerText()).match(/\b[0-9A-Z]{4}[ -]?[0-9A-Z]{4}\b/)[0];
    const page = await without();
    await page.goto("/committee/desk");
    await page.locator("input[name=code]").fill(code);
    await page.locator("form:has(input[name=code]) button").first().click();
    assert.match(await page.locator(".bench-page").innerText(), /还没有核验过/);
    await page.locator("input[name=q][type=search]").fill(demo.unverified.name);
    await page.locator("form[role=search] button").click();
    await page.locator("tbody button").first().click();
    await page.locator(".bench-page form:has(input[name=card]) button").click();
    assert.match(await page.locator("[role=alert]").innerText(), /请填写/, "without the card nothing is verified");
    await page.goto("/committee/desk");
    await page.locator("input[name=code]").fill(code);
    await page.locator("form:has(input[name=code]) button").first().click();
    await page.locator("input[name=q][type=search]").fill(demo.unverified.name);
    await page.locator("form[role=search] button").click();
    await page.locator("tbody button").first().click();
    await page.locator("input[name=card]").check();
    await page.locator(".bench-page form:has(input[name=card]) button").click();
    await page.waitForURL(/done=/);
    assert.match(await page.locator(".bench-page").innerText(), /核验好了/);
    await resident.goto("/me");
    assert.match(await resident.locator("main").innerText(), new RegExp(demo.unverified.name));
    await resident.context().close();
    await page.context().close();
  });

  await t.test("a poll is drafted step by step, previewed, and published", async () => {
    const page = await without();
    const next = async () => page.locator(".bench-page form .button.primary").first().click();
    await page.goto("/committee/polls/new");
    await next();
    await page.waitForURL(/\/edit/);
    const poll = page.url().match(/polls\/([0-9a-f]{32})/)[1];
    await page.locator("[name='part[title]']").fill("楼道灯换成声控的");
    await page.locator("[name='part[text]']").fill("# 为什么\n\n**省电**。");
    await next();
    await page.waitForURL(/step=questions/);
    await page.locator("[name='part[questions][0][title]']").fill("要不要换");
    await page.locator("[name=then][value=add]").click();
    assert.equal(await page.locator(".bench-question").count(), 2);
    assert.equal(await page.locator("[name='part[questions][0][title]']").inputValue(), "要不要换");
    await page.locator("[name=then][value=remove-1]").click();
    assert.equal(await page.locator(".bench-question").count(), 1);
    await next();
    await page.waitForURL(/step=voters/);
    await page.locator("[name='part[areas][]']").first().check();
    await next();
    await page.waitForURL(/step=rule/);
    await page.locator("[name='part[opens]']").fill(local(2));
    await page.locator("[name='part[closes]']").fill(local(9));
    await next();
    await page.waitForURL(/step=key/);
    // A trustee need have no role: any verified resident can be named.
    const trustees = page.locator("[name='part[accounts][]']");
    const known = await trustees.count();
    await page.locator("[name='part[login]']").fill("nobody-of-this-name");
    await next();
    assert.match(await page.locator(".bench-page").innerText(), /没有这样一位核验过的居民/);
    await page.locator("[name='part[login]']").fill(demo.accounts.residents[1].login);
    await next();
    await page.waitForURL(/step=key/);
    assert.equal(await trustees.count(), known + 1);
    assert.ok(await trustees.nth(known).isChecked());
    for (const box of (await trustees.all()).slice(0, 2)) await box.check();
    await next();
    await page.waitForURL(/step=publish/);
    assert.match(await page.locator(".bench-page").innerText(), /都填好了/);
    await picture(page, "draft-publish");
    await page.goto(`/committee/polls/${poll}/preview`);
    assert.match(await page.locator(".bench-preview").innerText(), /楼道灯换成声控的[\s\S]*省电/);
    await page.goto(`/committee/polls/${poll}/edit?step=publish`);
    await next();
    assert.match(await page.locator("[role=alert]").innerText(), /请填写/, "not without the yes");
    await page.locator("input[name=sure]").check();
    await next();
    await page.waitForURL((to) => to.pathname === `/committee/polls/${poll}`);
    assert.match(await page.locator(".bench-page").innerText(), /还没有回复/);
    const again = await page.goto(`/committee/polls/${poll}/edit`);
    assert.ok(again.status() >= 400, "a published poll cannot be edited");
    await page.goto("/committee");
    assert.match(await page.locator("h1").innerText(), /今天要办的 1 件事/);
    await picture(page, "workbench");
    await page.context().close();
  });

  await t.test("the audit log is whole, and a lead gives and withdraws a role", async () => {
    const page = await without(demo.accounts.lead);
    await page.goto("/committee/audit?check=yes");
    assert.match(await page.locator(".bench-page").innerText(), /整条链完好/);
    await page.goto("/committee/people");
    const held = await page.locator("tbody tr").count();
    await page.locator(".bench-page input[name=login]").fill(demo.accounts.residents[0].login);
    await page.locator("input[name=role][value=clerk][type=radio]").check();
    await page.locator("form:has(input[name=login]) button").click();
    assert.equal(await page.locator("tbody tr").count(), held + 1);
    const row = page.locator("tbody tr", { hasText: demo.accounts.residents[0].name });
    await row.locator("summary").click();
    await row.locator("form button").click();
    assert.equal(await page.locator("tbody tr").count(), held);
    await page.context().close();
  });
});
