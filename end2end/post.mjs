// A real SMTP server, and a resident who reads their mail.
import { EventEmitter, once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail server on a free port of the loopback, and the mails it has taken. */
export async function mailServer(test) {
  const mails = [];
  const news = new EventEmitter();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        mails.push({ ...mail, envelope: session.envelope });
        news.emit("mail");
        done();
      }, done);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  test.after(() => new Promise((resolve) => server.close(resolve)));
  /** The first mail to an address whose subject matches, as soon as it is there. */
  const arrives = async (address, subject) => {
    for (;;) {
      const found = mails.find((mail) => mail.to.value[0].address === address && subject.test(mail.subject));
      if (found) return found;
      await once(news, "mail", { signal: AbortSignal.timeout(60_000) });
    }
  };
  return { port: server.server.address().port, mails, arrives };
}

/** What the portal has to know to send through it. */
export const settings = ({ port }) => ({ MINYI_MAIL_URL: `smtp://127.0.0.1:${port}`, MINYI_MAIL_FROM: "民议 <noreply@minyi.example>" });

/** Whoever is signed in on the page asks for mail to this address; returns the link that confirms it. */
export async function askForMail(page, post, address) {
  await page.goto("/me/mail");
  await page.locator("main input[name=email]").fill(address);
  await page.locator("main form:has(input[name=email]) button").first().click();
  const letter = await post.arrives(address, /^确认您的邮箱$/);
  return { letter, link: letter.text.match(/http:\/\/\S+/)[0] };
}

/** Opens that link and says yes. */
export async function confirm(page, link) {
  await page.goto(link);
  await page.locator("main form button").first().click();
  await page.waitForURL(/done=/);
}
