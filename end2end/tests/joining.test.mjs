// How people come in: a roll is imported, letters go out, a resident signs up on a phone and proves who they are, with the
// letter's code or at the desk. All with JavaScript; without it see committee.test.mjs.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { alive, axe, browser, desk, folder, phone, picture, portal } from "../harness.mjs";
import { signIn } from "../people.mjs";

const PASSWORD = "a long enough one 2026";

/** Signs up on a phone; ends on the page that asks for a proof. */
async function signUp(page, login) {
  await page.goto("/sign-up");
  await alive(page);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("short");
  await page.locator("main form button").first().click();
  await page.locator("#main [role=alert], #main .wrong, #main [aria-invalid=true]").first().waitFor();
  assert.equal(await page.locator("input[name=login]").inputValue(), login, "what was typed is kept");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("main form button").first().click();
  await page.waitForURL("**/me/verify");
  await alive(page);
}

test("coming in", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const { url, accounts: demo } = await portal(t, { demo: true });
  const place = await folder(t);
  const clerk = await desk(instance, url);
  await signIn(clerk, demo.accounts.clerks[0]);
  const letters = new Map();

  await t.test("a clerk imports a roll, sees it before it counts, and imports it again without doubling", async () => {
    await clerk.goto("/committee/roll");
    const people = async () => Number((await clerk.locator(".bench-page p.num").first().innerText()).match(/共 ([\d,]+) 人/)[1].replace(",", ""));
    const before = await people();
    const heads = (await (await clerk.request.get("/templates/roll.csv")).text()).replace(/^\uFEFF/, "").split(/\r?\n/)[0].split(",");
    const row = (name, room) => heads.map((head) => ({ 姓名: name, 出生日期: "1980-01-02", 楼栋: "99", 房号: room })[head.replace(/[（(*].*$/, "")] ?? "").join(",");
    const file = path.join(place, "roll.csv");
    await writeFile(file, `\uFEFF${heads.join(",")}\r\n${row("测试甲", "101")}\r\n${row("测试乙", "102")}\r\n`);
    for (const [added, same] of [[2, 0], [0, 2]]) {
      await clerk.goto("/committee/roll/import");
      await alive(clerk);
      await clerk.locator("input[type=file]").setInputFiles(file);
      await clerk.locator("form:has(input[type=file]) button").click();
      await clerk.waitForURL(/\/roll\/import\/[0-9a-f]{32}/);
      const apply = clerk.getByRole("button", { name: /导入这 2 行/ }).first();
      await apply.waitFor();
      const figures = await clerk.locator(".bench-page dl").innerText();
      assert.match(figures, new RegExp(`新增\\s*${added}\\b`), figures);
      assert.match(figures, new RegExp(`没有变化\\s*${same}\\b`), figures);
      await apply.click();
      await clerk.getByText("导入完成").first().waitFor();
    }
    await clerk.goto("/committee/roll");
    assert.equal(await people(), before + 2);
    assert.deepEqual(clerk.problems, []);
  });

  await t.test("letters are made for the building", async () => {
    await clerk.goto("/committee/letters");
    await alive(clerk);
    const area = clerk.locator("select[name=area]");
    const building = await area.locator("option").filter({ hasText: "99" }).first().getAttribute("value");
    await area.selectOption(building);
    await clerk.locator(".bench-page form button").click();
    await clerk.locator(".letter td.code").first().waitFor();
    for (const line of await clerk.locator(".letter tbody tr").all()) {
      const name = (await line.innerText()).match(/测试./)?.[0];
      if (name) letters.set(name, await line.locator("td.code").innerText());
    }
    assert.deepEqual([...letters.keys()].sort(), ["测试乙", "测试甲"]);
  });

  await t.test("a resident signs up on a phone and proves who they are with the letter's code", async () => {
    const page = await phone(instance, url);
    await signUp(page, "ceshijia");
    const fill = async (code) => {
      for (const [name, value] of Object.entries({ name: "测试甲", building: "99", room: "101", code })) await page.locator(`input[name=${name}]`).fill(value);
      await page.locator("form:has(input[name=code]) button").click();
    };
    await fill("AAAA-AAAA");
    await page.locator("#main [role=alert]").first().waitFor();
    assert.equal(await page.locator("input[name=room]").inputValue(), "101", "what was typed is kept");
    await picture(page, "verify-wrong-code");
    await fill(letters.get("测试甲").toLowerCase().replaceAll("-", " "));
    await page.getByText("身份已核实").first().waitFor();
    assert.match(await page.locator("main").innerText(), /测试甲/);
    assert.deepEqual(await axe(page), []);
    await picture(page, "verified");
    // Used up: nobody else can be this person with the same letter.
    const other = await phone(instance, url);
    await signUp(other, "ceshibing");
    for (const [name, value] of Object.entries({ name: "测试甲", building: "99", room: "101", code: letters.get("测试甲") })) await other.locator(`input[name=${name}]`).fill(value);
    await other.locator("form:has(input[name=code]) button").click();
    await other.locator("#main [role=alert]").first().waitFor();
    await other.context().close();

    // The same person signs in on a second device, and ends it from the first.
    const second = await phone(instance, url);
    await signIn(second, { login: "ceshijia", password: PASSWORD });
    await page.goto("/me/sessions");
    await alive(page);
    assert.equal(await page.locator("li.device").count(), 2);
    await page.locator("li.device form button").click();
    await page.waitForFunction(() => document.querySelectorAll("li.device").length === 1);
    await second.goto("/me/sessions");
    await second.getByText("请先登录").first().waitFor();
    await second.context().close();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  await t.test("at the desk the clerk scans the code on the resident's phone, in a browser without a reader of its own", async () => {
    const page = await phone(instance, url, { deviceScaleFactor: 1 });
    await signUp(page, "ceshiyi");
    await page.getByRole("link", { name: "显示二维码" }).click();
    const code = page.locator(".ticket svg").first();
    await code.waitFor();
    // What the camera of the desk sees: the phone's screen, held now nearer, now farther.
    const film = path.join(place, "phone.mjpeg"), frames = [];
    for (const zoom of [1, 1.15, 0.9, 1.3, 0.8, 1.05]) {
      await page.evaluate((zoom) => { document.body.style.zoom = zoom; }, zoom);
      frames.push(await page.screenshot({ type: "jpeg", quality: 95 }));
    }
    await writeFile(film, Buffer.concat(frames));
    const eye = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN", "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
    });
    t.after(() => eye.close());
    const counter = await desk(eye, url, { permissions: ["camera"] });
    await signIn(counter, demo.accounts.clerks[0]);
    await counter.goto("/committee/desk");
    await alive(counter);
    assert.equal(await counter.evaluate(() => "BarcodeDetector" in globalThis), false, "else this tests the browser's own reader");
    await counter.getByRole("button", { name: "扫二维码" }).click();
    await counter.getByText("还没有核验过").first().waitFor();
    await counter.locator("input[name=q][type=search]").fill("测试乙");
    await counter.locator("form[role=search] button").click();
    await counter.locator("tbody button").first().click();
    await counter.locator("input[name=card]").check();
    await counter.locator(".bench-page form:has(input[name=card]) button").click();
    await counter.getByText("核验好了").first().waitFor();
    // The resident's phone notices by itself.
    await page.waitForURL("**/me/verify");
    await page.getByText("身份已核实").first().waitFor();
    await page.context().close();
  });
  await clerk.context().close();
});
