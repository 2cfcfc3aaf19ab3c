// Do the pages show the record, to everybody, and nothing else? Drives `onrecord serve` in a headless Chromium.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { ARTICLES, LONG, SCRIPT, write, crowd } = require("./corpus");
const { ONRECORD, counts, check, assert, equal, run, serve, ask, json, launch, watched, shot } = require("./harness");

const TELLINGS = ["quoted", "partly", "paraphrased", "perhaps", "absent", "text incomplete", "not yet published"];
const DIFFERS = ["verb", "condition", "modality", "number", "scope", "wording", "speaker"];

/** One address of every kind of page, found through the JSON. */
async function addresses(base) {
  const stories = (await json(base, "/stories.json")).stories;
  const widest = stories.reduce((a, b) => (b.outlets.length > a.outlets.length ? b : a));
  const said = (await json(base, "/said.json")).statements;
  const differing = said.filter((st) => st.differs.length).sort((a, b) => b.differs.length - a.differs.length)[0];
  const retold = differing || said.reduce((a, b) => (b.reports > a.reports ? b : a));
  const speakers = (await json(base, "/who.json")).speakers;
  let who = speakers[0];
  for (const speaker of speakers.slice(0, 20)) {
    const days = new Set((await json(base, `/who/${encodeURIComponent(speaker.id)}.json`)).timeline.map((st) => st.date));
    if (days.size > 1) { who = speaker; break; }
  }
  const word = (retold.words.match(/[A-Za-z]{5,}/g) || ["the"]).at(-1);
  const article = (await json(base, `/story/${widest.id}.json`)).articles[0];
  const outlet = (await json(base, "/outlets.json")).outlets.find((one) => one.outlet);
  return {
    front: "/",
    stories: "/stories",
    story: `/story/${widest.id}`,
    statement: `/statement/${retold.id}`,
    said: `/said?about=${encodeURIComponent(word)}`,
    speakers: "/who",
    who: `/who/${encodeURIComponent(who.id)}`,
    outlets: "/outlets",
    ...(outlet && { outlet: `/outlet/${encodeURIComponent(outlet.outlet)}` }),
    "position-form": "/position",
    position: `/position?actor=${encodeURIComponent(who.id)}&on=${encodeURIComponent(word)}`,
    article: `/article/${article.id}`,
    search: `/search?q=${encodeURIComponent(word)}`,
    "search-form": "/search",
  };
}

const withJson = (address) => {
  if (address === "/") return "/index.json";
  const [before, query] = address.split("?");
  return `${before}.json${query ? `?${query}` : ""}`;
};

/** Text whose contrast with what lies behind it is under 4.5, measured from the computed styles. */
function poorContrast() {
  const parse = (color) => {
    const numbers = (color.match(/[\d.]+/g) || []).map(Number);
    return numbers.length < 3 ? null : { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color && color.alpha === 1) return color.rgb;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const poor = [];
  let measured = 0;
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!words || !element.getClientRects().length || ["SCRIPT", "STYLE", "TITLE", "title", "desc"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden") continue;
    const inSvg = element instanceof SVGElement;
    const color = parse(inSvg ? style.fill : style.color);
    const circle = inSvg && element.parentElement.querySelector("circle");
    const ground = circle ? parse(getComputedStyle(circle).fill).rgb : behind(inSvg ? element.closest("figure, .cell, td, body") : element);
    const [a, b] = [light(color.rgb), light(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    measured += 1;
    if (ratio < 4.5) poor.push(`${element.tagName}.${element.getAttribute("class") || ""} “${element.textContent.trim().slice(0, 30)}” ${ratio.toFixed(2)}`);
  }
  return { poor: [...new Set(poor)], measured };
}

/** What every page of a record must hold. `label` names the record in the results. */
async function everyPage(browser, server, label) {
  const { base } = server;
  const pages = await addresses(base);
  const seen = {};
  for (const [look, options] of Object.entries({
    light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
    dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
    narrow: { colorScheme: "light", viewport: { width: 360, height: 740 }, hasTouch: true },
    "no script": { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } },
  })) {
    const context = await browser.newContext(options);
    const { page, odd } = await watched(context, base);
    for (const [kind, address] of Object.entries(pages)) {
      await check(`${label}, ${look}: ${kind}`, async () => {
        odd.length = 0;
        const response = await page.goto(base + address);
        equal(response.status(), 200, address);
        equal(odd, [], "console, scripts, policy, requests elsewhere");
        const facts = await page.locator("html").evaluate((html) => ({
          lang: html.lang, h1: html.querySelectorAll("h1").length, main: html.querySelectorAll("main").length,
          nav: html.querySelectorAll("nav, header, footer").length, width: html.scrollWidth, window: html.clientWidth,
          styled: html.querySelectorAll("[style], style, [onclick], [onload], script:not([src])").length,
          canonical: html.querySelector("link[rel=canonical]")?.getAttribute("href"),
          json: html.querySelector("link[rel=alternate][type='application/json']")?.getAttribute("href"),
          text: html.querySelector("main").innerText,
          ids: [...html.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i),
          dead: [...html.querySelectorAll("a[href^='#']")].filter((a) => !document.getElementById(decodeURIComponent(a.getAttribute("href").slice(1)))).length,
          unnamed: [...html.querySelectorAll("a, button, input:not([type=hidden]), select")].filter((e) =>
            !(e.textContent.trim() || e.getAttribute("aria-label") || (e.labels && e.labels.length))).length,
        }));
        equal([facts.lang, facts.h1, facts.main, facts.nav >= 3], ["en", 1, 1, true], "landmarks");
        equal([facts.styled, facts.dead, facts.unnamed, facts.ids], [0, 0, 0, []], "inline styles, dead anchors, unnamed controls, ids given twice");
        equal(facts.canonical, address, "canonical");
        equal(facts.json, withJson(address), "the same as JSON");
        if (look === "light") seen[kind] = facts.text;
        if (look === "no script") equal(facts.text, seen[kind], "text without JavaScript");
        if (look === "narrow") assert(facts.width <= facts.window, `the page is ${facts.width} wide in a window of ${facts.window}`);
        if (look === "light" || look === "dark") {
          const { poor, measured } = await page.evaluate(poorContrast);
          assert(measured > 5, `only ${measured} texts measured`);
          equal(poor, [], "contrast under 4.5");
        }
        if (look !== "no script") await shot(page, `${label}-${look}-${kind}`);
      });
    }
    await context.close();
  }
  await check(`${label}: dark differs from light`, async () => {
    const grounds = [];
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();
      await page.goto(base + pages.story);
      grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await context.close();
    }
    assert(grounds[0] !== grounds[1], `both ${grounds[0]}`);
  });
  return pages;
}

/** Do the pages say what the JSON says? */
async function agreement(browser, server, pages, label) {
  const { base } = server;
  // Without smooth scrolling: where a link leads is asked at once.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await check(`${label}: JSON of every page can be read`, async () => {
    for (const [kind, address] of Object.entries(pages)) {
      if (kind !== "position-form") await json(base, withJson(address));
    }
  });
  await check(`${label}: the coverage table has its headers and every cell is told by a word and a shape`, async () => {
    const view = await json(base, withJson(pages.story));
    await page.goto(base + pages.story);
    const table = await page.evaluate(() => {
      const table = document.querySelector("table.coverage");
      return {
        caption: table.caption?.innerText,
        columns: [...table.querySelectorAll("thead th[scope=col]")].map((th) => th.querySelector("bdi")?.textContent || th.textContent),
        rows: [...table.querySelectorAll("tbody tr")].map((tr) => ({
          header: tr.querySelectorAll("th[scope=row]").length,
          cells: [...tr.querySelectorAll("td")].map((td) => ({ words: td.innerText, shape: td.querySelectorAll("svg > *").length })),
        })),
        sticky: getComputedStyle(table.querySelector("thead th")).position,
        region: table.parentElement.getAttribute("role") + table.parentElement.tabIndex,
        legend: [...document.querySelectorAll(".legend dt")].map((dt) => dt.innerText.trim()),
      };
    });
    assert(/statement/.test(table.caption), `caption “${table.caption}”`);
    equal(table.columns, ["Statement", ...view.coverage.columns.map((column) => column.outlet)], "columns");
    equal(table.rows.length, Math.min(view.coverage.rows.length, 200), "rows");
    equal([table.sticky, table.region], ["sticky", "region0"], "sticky header, region for the keyboard");
    equal(table.legend, TELLINGS, "legend");
    table.rows.forEach((row, i) => {
      equal(row.header, 1, "row header");
      row.cells.forEach((cell, j) => {
        const { state } = view.coverage.rows[i].cells[j];
        assert(TELLINGS.includes(state) && cell.words.startsWith(state) && cell.shape > 0, `cell ${i},${j}: “${cell.words}” for ${state}`);
      });
    });
  });
  await check(`${label}: words for the same thing stand in their sentences, and a doubtful cell leads to its passage`, async () => {
    const view = await json(base, withJson(pages.story));
    await page.goto(base + pages.story);
    const shown = await page.locator(".contrasts li").evaluateAll((items) => items.map((item) => [
      item.querySelector(".word").textContent, item.querySelector("a").getAttribute("href"), item.querySelector(".words").textContent,
    ]));
    const uses = view.contrasts.flatMap((c) => c.words.flatMap((w) => w.uses.map((u) => [w.word, `/article/${u.article}`, u.sentence])));
    equal(shown, uses, "words, reports, sentences");
    const near = view.coverage.rows.slice(0, 200).flatMap((row) => row.cells).filter((cell) => cell.state === "perhaps");
    assert(near.every((cell) => cell.near && cell.near.words), "each doubt has its passage");
    equal(await page.locator("td .cell.perhaps a").count(), near.length, "links to passages");
  });
  if (pages.outlet) await check(`${label}: an outlet shows its verbs and whom it quotes, with and without wire copy`, async () => {
    const view = await json(base, withJson(pages.outlet));
    await page.goto(base + pages.outlet);
    equal(await page.locator("#verbs + p + .scroll tbody tr").count(), Math.min(view.verbs.length, 100) + 1, "verbs, and none");
    for (const one of [...view.verbs, ...view.quoted]) assert(one.quotes.own <= one.quotes.all, "without wire copy there are no more");
  });
  await check(`${label}: a statement shows every telling, with the differences marked`, async () => {
    const view = await json(base, withJson(pages.statement));
    if (label === "demo") assert(view.differs.length > 0, "the sample has tellings that differ");
    await page.goto(base + pages.statement);
    equal(await page.locator("h1").evaluate((h1) => h1.textContent), view.words, "words");
    const cards = await page.locator(".rendering").evaluateAll((cards) => cards.map((card) => ({
      id: card.id, outlet: card.querySelector("h3").innerText, link: card.querySelector(".actions a").getAttribute("href"),
      labels: [...card.querySelectorAll("blockquote .lab")].map((lab) => lab.childNodes[1].textContent),
      marks: card.querySelectorAll("blockquote mark").length,
      words: [...card.querySelectorAll("blockquote")].map((q) => { q = q.cloneNode(true); q.querySelectorAll(".lab").forEach((l) => l.remove()); return q.textContent; })[0],
    })));
    equal(cards.map((card) => card.id), view.renderings.map((r) => r.quote), "tellings");
    view.renderings.forEach((r, i) => {
      equal(cards[i].words, r.passage.pieces.map((piece) => piece.text).join(""), "passage");
      equal(cards[i].link, `/article/${r.article.id}#${r.quote}`, "link to the place");
      equal([...new Set(cards[i].labels)].sort(), [...new Set(r.passage.pieces.map((p) => p.differs).filter(Boolean))].sort(), "labels of differences");
      assert(cards[i].labels.every((lab) => DIFFERS.includes(lab)), `labels ${cards[i].labels}`);
      equal(cards[i].marks > 0, r.passage.pieces.some((p) => p.differs), "marks");
    });
    // The link leads to the exact place.
    await page.goto(base + cards[0].link);
    const target = await page.evaluate(() => { const at = document.querySelector(":target"); return at && at.getBoundingClientRect().top < innerHeight; });
    assert(target, "the quote is in view in the article");
  });
  await check(`${label}: an article shows its text to the letter, with source, cue and content told apart`, async () => {
    const view = await json(base, withJson(pages.article));
    await page.goto(base + pages.article);
    const shown = await page.locator(".para .text").evaluateAll((texts) => texts.map((text) => {
      const copy = text.cloneNode(true);
      copy.querySelectorAll(".at").forEach((at) => at.remove());
      return copy.textContent;
    }));
    equal(shown, view.paragraphs.map((p) => p.passage.pieces.map((piece) => piece.text).join("")), "paragraphs");
    equal(await page.locator(".sidenote li").count(), view.quotes.length, "notes beside the text");
    for (const quote of view.quotes) assert((await page.locator(`[id="${quote.quote}"]`).count()) === 1, `anchor ${quote.quote}`);
    const looks = await page.evaluate(() => ["r-source", "r-cue", "r-content"].map((name) => {
      const style = getComputedStyle(document.querySelector(`.key .${name}`));
      return [style.fontWeight, style.fontStyle, style.textDecorationStyle, style.backgroundColor].join();
    }));
    equal(new Set(looks).size, 3, "three looks");
  });
  await check(`${label}: a speaker's timeline has a title, and its dots lead to the list`, async () => {
    const view = await json(base, withJson(pages.who));
    await page.goto(base + pages.who);
    equal(await page.locator("h1").innerText(), view.name, "name");
    equal(await page.locator("ol.days article.said").count(), view.timeline.length, "dated statements");
    if (new Set(view.timeline.map((st) => st.date)).size > 1) {
      const svg = await page.evaluate(() => {
        const svg = document.querySelector(".timeline svg");
        return { named: svg.getAttribute("aria-labelledby").split(" ").every((id) => document.getElementById(id).textContent.trim()), dots: svg.querySelectorAll("a circle").length, labels: [...svg.querySelectorAll("a")].every((a) => a.getAttribute("aria-label")) };
      });
      equal([svg.named, svg.dots > 1, svg.labels], [true, true, true], "names of the picture and its dots");
      await page.locator(".timeline svg a").first().focus();
      await page.keyboard.press("Enter");
      assert(await page.evaluate(() => !!document.querySelector(":target")), "Enter on a dot leads to its day");
    }
  });
  await check(`${label}: search marks what was found`, async () => {
    const view = await json(base, withJson(pages.search));
    await page.goto(base + pages.search);
    equal(await page.locator("main ol.entries > li").count(), view.statements.length + view.articles.length, "results");
    assert((await page.locator("main mark").count()) > 0, "marks");
    const ground = await page.evaluate(() => [...document.querySelectorAll("main mark")].every((m) => getComputedStyle(m).backgroundColor !== "rgba(0, 0, 0, 0)"));
    assert(ground, "every mark can be seen");
  });
  await context.close();
}

/** The keyboard alone. */
async function keyboard(browser, server, pages) {
  const { base } = server;
  const context = await browser.newContext({ viewport: { width: 700, height: 700 } });
  const page = await context.newPage();
  const active = () => page.evaluate(() => { const e = document.activeElement; return { tag: e.tagName, class: e.className, text: e.textContent.slice(0, 60), href: e.getAttribute("href"), role: e.getAttribute("role") }; });
  await check("keyboard: the first Tab shows the skip link, Enter goes to the content", async () => {
    await page.goto(base + pages.story);
    await page.keyboard.press("Tab");
    equal((await active()).class, "skip", "first stop");
    assert(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), "the skip link is in view");
    await page.keyboard.press("Enter");
    assert(await page.evaluate(() => location.hash === "#main" && document.activeElement.id === "main"), "main has the focus");
  });
  await check("keyboard: Tab reaches the table's region, arrows scroll it, the focus can be seen", async () => {
    await page.goto(base + pages.story);
    let reached = null;
    for (let i = 0; i < 80 && !reached; i += 1) {
      await page.keyboard.press("Tab");
      const at = await active();
      const outline = await page.evaluate(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; });
      assert(outline, `no focus to be seen on ${at.tag} “${at.text}”`);
      if (at.role === "region") reached = at;
    }
    assert(reached, "80 stops without the region");
    const before = await page.evaluate(() => document.activeElement.scrollLeft);
    for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(300);
    const [after, wide] = await page.evaluate(() => [document.activeElement.scrollLeft, document.activeElement.scrollWidth > document.activeElement.clientWidth]);
    assert(!wide || after > before, `scrolled from ${before} to ${after}`);
  });
  await check("keyboard: Enter follows a link", async () => {
    await page.goto(base + "/stories");
    await page.locator("main .head a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/story\/s\d+/);
  });
  await check("keyboard: shortcuts j, k, /, ?, g s; and they can be turned off", async () => {
    await page.goto(base + "/stories");
    const focus = () => page.evaluate(() => [...document.querySelectorAll("main [data-item]")].indexOf(document.activeElement.closest("[data-item]")));
    await page.keyboard.press("j");
    equal(await focus(), 0, "j");
    await page.keyboard.press("j");
    equal(await focus(), 1, "j again");
    await page.keyboard.press("k");
    equal(await focus(), 0, "k");
    await page.keyboard.press("/");
    equal((await active()).tag, "INPUT", "/");
    await page.keyboard.type("j/?");
    equal(await page.evaluate(() => document.activeElement.value), "j/?", "letters typed into the box are letters");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    assert(await page.locator("dialog[open]").isVisible(), "?");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.waitForURL(/\/said$/, { timeout: 10000 }).catch(async () => {
      throw new Error(`g t: ${page.url()} ${await page.evaluate(() => `${document.activeElement.outerHTML.slice(0, 80)} ${document.querySelector("dialog").open}`)}`);
    });
    await page.keyboard.press("?");
    await page.locator("#shortcuts-on").uncheck();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "hidden" });
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("/");
    assert((await active()).tag !== "INPUT", "turned off");
  });
  await check("a form of the page asks what it says", async () => {
    await page.goto(base + "/said");
    await page.locator("#f-act").selectOption("REJECT");
    await page.locator("form.filters button").click();
    await page.waitForURL(/act=REJECT/);
    equal(await page.locator("#f-act").inputValue(), "REJECT", "the filter is kept in the form");
  });
  await check("print: the text without the chrome", async () => {
    await page.goto(base + pages.story);
    await page.emulateMedia({ media: "print" });
    assert(await page.locator("header nav").isHidden(), "navigation is hidden");
    assert(await page.locator("table.coverage").isVisible(), "the table is there");
    const fits = await page.evaluate(() => document.querySelector("table.coverage").getBoundingClientRect().right <= innerWidth);
    assert(fits, "the table fits the paper");
    await page.emulateMedia({ media: null });
  });
  await context.close();
}

/** Texts that try to break the page. */
async function hostile(browser, server) {
  const { base } = server;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const { page, odd } = await watched(context, base);
  const find = async (outlet) => {
    for (const story of (await json(base, "/stories.json")).stories) {
      for (const article of (await json(base, `/story/${story.id}.json`)).articles) if ((article.outlet || "").includes(outlet)) return article;
    }
    throw new Error(`no article of ${outlet}`);
  };
  await check("a script in an article is shown as text, on every page that shows it", async () => {
    const article = await find("Gazette");
    const story = (await json(base, `/article/${article.id}.json`)).story;
    for (const address of [`/article/${article.id}`, `/story/${story}`, "/stories", "/said?who=Finch", "/search?q=alert", `/search?q=${encodeURIComponent(SCRIPT)}`, `/said?about=${encodeURIComponent(`"${SCRIPT}`)}`]) {
      odd.length = 0;
      await page.goto(base + address);
      equal(odd, [], address);
      assert((await page.locator("main").innerText()).includes(SCRIPT) || address.includes("%3Cscript"), `${address} shows the words`);
      equal(await page.locator("script").count(), 1, `scripts on ${address}`);
      equal(await page.locator("main b:has-text('bold')").count(), 0, "markup in the text");
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(width <= 360, `${address} is ${width} wide`);
    }
  });
  await check("a very long word wraps", async () => {
    const article = await find("Shore Weekly");
    await page.goto(`${base}/article/${article.id}`);
    assert((await page.locator("main").textContent()).includes(LONG), "the word is there");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(width <= 360, `the page is ${width} wide`);
  });
  await check("an article without a date says so", async () => {
    const article = await find("Shore Weekly");
    equal(article.published, null, "date");
    await page.goto(`${base}/article/${article.id}`);
    assert((await page.locator("main").innerText()).includes("no date"), "told");
  });
  await check("a text from right to left runs from right to left, in its own language", async () => {
    const article = await find("الميناء");
    await page.goto(`${base}/article/${article.id}`);
    equal(await page.locator(".para .text").first().evaluate((p) => [getComputedStyle(p).direction, p.closest("[lang]").lang]), ["rtl", "ar"], "direction and language");
    equal(await page.evaluate(() => getComputedStyle(document.body).direction), "ltr", "the page around it");
  });
  await check("a name that turns letters round stays within itself", async () => {
    const article = await find("Pier Notes");
    await page.goto(`${base}/article/${article.id}`);
    const [clerk, footer] = await page.evaluate(() => [document.querySelector("h1").textContent, getComputedStyle(document.querySelector("footer")).direction]);
    assert(clerk.includes("turned round") || clerk.includes("turned"), clerk);
    equal(footer, "ltr", "the page after it");
  });
  await context.close();
}

/** Questions that have no answer, and doors that are shut. */
async function refusals(browser, server) {
  const { base } = server;
  await check("what is not there is a plain 404, as a page and as JSON", async () => {
    for (const address of ["/story/s999999", "/story/x", "/story/a1", "/statement/st0", "/statement/st99999999999999999999", "/quote/q0", "/article/a0", "/article/a1v99", "/article/a1v", "/who/nobody-at-all-here", "/nope", "/story", "/story/s1/x", "/assets/none.css", "/who/%3Cscript%3E"]) {
      const page = await ask(base, address);
      equal([page.status, /<h1>/.test(page.body), /<script>/.test(page.body)], [404, true, false], address);
      if (address.startsWith("/assets")) continue;
      const answer = await ask(base, `${address}.json`);
      equal([answer.status, JSON.parse(answer.body).error.status], [404, 404], `${address}.json`);
    }
  });
  await check("a question that cannot be read is a 400 that says why", async () => {
    for (const [address, word] of [["/said?act=sing", "SUPPORT"], ["/said?since=soon", "since"], ["/said?whom=x", "whom"], ["/said?kind=loud", "direct"], ["/stories?next=!!", "next"], ["/search?words=x", "words"], ["/search?q=a&q=b", "q"], ["/?x=1", "x"], ["/who?next=-1", "next"], ["/said?until=2031-02-30", "until"], ["/%ff", "UTF-8"], ["/said?who=%ff", ""]]) {
      const page = await ask(base, address);
      if (address === "/said?who=%ff" && page.status === 200) continue;
      equal([page.status, page.body.includes(word), /<h1>/.test(page.body)], [400, true, true], address);
    }
    const answer = await ask(base, "/position.json?actor=x");
    equal([answer.status, JSON.parse(answer.body).error.status], [400, 400], "/position.json?actor=x");
  });
  await check("odd questions have answers", async () => {
    for (const query of ['"', "-", "*", "(", "AND OR NOT", "NEAR(", "a".repeat(5000), "'; DROP TABLE page; --", "\u0000", "é", "😀", "{", "col:x", "^x", "x*"]) {
      for (const address of [`/search?q=${encodeURIComponent(query)}`, `/said?about=${encodeURIComponent(query)}`, `/said?who=${encodeURIComponent(query)}`, `/said?outlet=${encodeURIComponent(query)}`, `/said?story=${encodeURIComponent(query)}`, `/position?actor=${encodeURIComponent(query)}&on=${encodeURIComponent(query)}`]) {
        const page = await ask(base, address);
        equal(page.status, 200, address.slice(0, 80));
      }
    }
    for (const next of ["nzzzzzzzz", "n1y2p0ij32e8e7"]) equal((await ask(base, `/stories?next=${next}`)).status, 200, `next=${next}`);
  });
  await check("only GET; only under this machine's name; nothing may be loaded from elsewhere", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const answer = await ask(base, "/", { method });
      equal([answer.status, answer.headers.allow], [405, "GET, HEAD"], method);
    }
    equal((await ask(base, "/", { method: "HEAD" })).body, "", "HEAD");
    for (const host of ["evil.example", "evil.example:80", "127.0.0.1.evil.example"]) equal((await ask(base, "/", { headers: { host } })).status === 200, false, `Host ${host}`);
    equal((await ask(base, "/", { headers: { host: "localhost:1" } })).status, 200, "Host localhost");
    for (const address of ["/", "/nope", "/index.json", "/assets/onrecord.css"]) {
      const { headers } = await ask(base, address);
      assert(/default-src 'none'/.test(headers["content-security-policy"]) && !/unsafe/.test(headers["content-security-policy"]), `policy of ${address}`);
      equal([headers["x-content-type-options"], headers["referrer-policy"]], ["nosniff", "no-referrer"], address);
    }
  });
}

/** The addresses last while the record grows. */
async function lasting(server, folder, record, pages) {
  const { base } = server;
  const said = async () => {
    const statement = await json(base, withJson(pages.statement));
    const story = await json(base, withJson(pages.story));
    const article = await json(base, withJson(pages.article));
    const held = story.articles.some((held) => held.id === article.article.id);
    return [statement.words, held, article.article.title, article.quotes.map((quote) => quote.quote)];
  };
  const before = await said();
  await check("permalinks lead to the same things after reading again, and after reading more", async () => {
    equal(run("read", "--record", record, folder).status, 0, "read again");
    equal(await said(), before, "after reading the same");
    write(folder, [{ name: "09-more", outlet: "Harbour Post", date: "2031-02-01", title: "Ferry talks begin", text: "“We will talk about the ferry line,” said Ana Ruiz, the transport minister of Velmark." }]);
    equal(run("read", "--record", record, folder).status, 0, "read more");
    equal(await said(), before, "after reading more");
  });
  await check("a changed article keeps its address, and its old version has one", async () => {
    const changed = { ...ARTICLES[3], text: ARTICLES[3].text.replace("this year", "this decade") };
    write(folder, [changed]);
    equal(run("read", "--record", record, folder).status, 0, "read");
    const hit = (await json(base, "/search.json?q=decade")).articles[0];
    assert(hit, "the new words are found");
    const view = await json(base, `/article/${hit.article.id}.json`);
    equal(view.versions.length, 2, "versions");
    const old = await ask(base, `/article/${view.versions[0].id}`);
    equal([old.status, old.body.includes("this year"), /not the latest/.test(old.body)], [200, true, true], "the old version");
  });
  await check("pages are there while `read` writes", async () => {
    const many = path.join(path.dirname(folder), "many");
    write(many, crowd(400));
    const reading = spawn(ONRECORD, ["read", "--record", record, many], { stdio: "ignore" });
    const ended = new Promise((resolve) => reading.on("exit", resolve));
    let code = null, asked = 0;
    ended.then((c) => { code = c; });
    while (code === null || asked < 20) {
      for (const address of [pages.front, pages.story, pages.statement, pages.search]) {
        const answer = await ask(base, address);
        equal(answer.status, 200, `${address} while reading`);
        asked += 1;
      }
    }
    equal(code, 0, "read");
    assert((await json(base, "/index.json")).record.reports > 400, "the new reports are there");
  });
  await check("long lists go on to their end, without a gap", async () => {
    for (const [list, key] of [["/said", "statements"], ["/stories", "stories"], ["/who", "speakers"]]) {
      const ids = new Set();
      let next = "", total = 0, pagesSeen = 0;
      do {
        const part = await json(base, `${list}.json${next ? `?next=${next}` : ""}`);
        total = part.total;
        part[key].forEach((entry) => ids.add(entry.id));
        next = part.next;
        pagesSeen += 1;
      } while (next && pagesSeen < 100);
      equal(ids.size, total, list);
    }
  });
}

async function main() {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), "onrecord-browser-"));
  const browser = await launch();
  try {
    const folder = path.join(temp, "reports");
    const record = path.join(temp, "own.db");
    write(folder, ARTICLES);
    const read = run("read", "--record", record, folder);
    await check("read takes the corpus", async () => equal(read.status, 0, read.stderr));
    const server = await serve(record);
    const pages = await everyPage(browser, server, "own");
    await agreement(browser, server, pages, "own");
    await keyboard(browser, server, pages);
    await hostile(browser, server);
    await refusals(browser, server);
    await lasting(server, folder, record, pages);
    await check("a port in use is told in one line", async () => {
      const second = run("serve", "--record", record, "--addr", new URL(server.base).host);
      equal([second.status, second.stderr.trim().split("\n").length, /in use/.test(second.stderr)], [1, 1, true], second.stderr);
    });
    await check("no record is told in one line", async () => {
      const none = run("serve", "--record", path.join(temp, "none.db"), "--addr", "127.0.0.1:0");
      equal([none.status, none.stderr.trim().split("\n").length], [1, 1], none.stderr);
    });
    await check("Ctrl-C ends the server, also while a browser holds a connection", async () => {
      equal(server.lines().length, 1, "lines told");
      equal(await server.stop(), 0, "exit");
    });

    if (run("demo", "--help").status === 0) {
      const sample = path.join(temp, "demo.db");
      const demo = run("demo", "--record", sample);
      await check("demo makes a record", async () => equal(demo.status, 0, demo.stderr));
      const demoServer = await serve(sample);
      const demoPages = await everyPage(browser, demoServer, "demo");
      await agreement(browser, demoServer, demoPages, "demo");
      await check("the demo's server ends", async () => equal(await demoServer.stop(), 0, "exit"));
    } else {
      console.log("no `onrecord demo` yet: its pages are not tested");
    }
  } finally {
    await browser.close();
    fs.rmSync(temp, { recursive: true, force: true });
  }
}

main()
  .catch((error) => { counts.failed += 1; console.log(`FAILED  the run itself: ${error.stack}`); })
  .finally(() => {
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    process.exit(counts.failed ? 1 : 0);
  });
