// A small corpus of our own making: made-up places, people and outlets, with texts that try to break a page.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4);
const SCRIPT = "<script>alert(1)</script>";

const ARTICLES = [
  {
    name: "01-harbour-post", outlet: "Harbour Post", date: "2031-03-04T09:00:00Z",
    title: "Velmark offers ferry deal",
    text: `Velmark's transport minister, Ana Ruiz, offered on Tuesday to reopen the ferry line to Ostmere.

“We will reopen the ferry line by 1 June if Ostmere pays its share of the pier,” Ana Ruiz said at a news conference in Velmark. “The people on both shores have waited for 12 years.”

The mayor of Ostmere, Bo Lindqvist, welcomed the offer. “This is a good day for Ostmere,” Lindqvist told reporters.

The dockers' union rejected the plan. “Nobody asked the dockers,” said Carla Mbeki, who leads the union.`,
  },
  {
    name: "02-ostmere-daily", outlet: "Ostmere Daily", date: "2031-03-04T15:30:00Z",
    title: "Ferry line to reopen, minister says",
    text: `Transport minister Ana Ruiz said on Tuesday that Velmark would reopen the ferry line by 1 June.

“The people on both shores have waited for 12 years,” Ana Ruiz said.

Mayor Bo Lindqvist welcomed the offer. “This is a good day for Ostmere,” he said.

A senior official in Velmark, who asked not to be named, said that the money was not there yet.`,
  },
  {
    name: "03-velmark-courier", outlet: "Velmark Courier", date: "2031-03-05",
    title: "Ruiz: ferry “may” sail in summer",
    text: `Velmark may reopen the ferry line to Ostmere by 1 July if Ostmere pays its share of the pier, the transport minister, Ana Ruiz, claimed at a news conference on Tuesday.

“The people on both shores have waited for 10 years,” Ana Ruiz said.

“Nobody asked the dockers,” said Carla Mbeki, the head of the dockers' union.`,
  },
  {
    name: "04-harbour-post", outlet: "Harbour Post", date: "2032-01-15T08:00:00Z",
    title: "Minister withdraws ferry offer",
    text: `Velmark withdrew its offer to reopen the ferry line on Thursday.

“We will not reopen the ferry line this year,” Ana Ruiz, the transport minister, said. “Ostmere has not paid its share of the pier.”

Bo Lindqvist, the mayor of Ostmere, said that the decision was a mistake. “I reject this decision,” he said.`,
  },
  {
    name: "05-script", outlet: `The ${SCRIPT} Gazette`, date: "2031-06-01",
    title: `Council bans ${SCRIPT} & "quotes"`,
    text: `The council of Ostmere met on Sunday about the web page of the ferry line.

“Somebody wrote ${SCRIPT} into the guest book, and <b>bold</b> words & “quoted” ones,” Dora Finch, the council's clerk, said.

“It is </p></main></body> of no importance,” Finch said.`,
  },
  {
    name: "06-undated", outlet: "Shore Weekly", date: null,
    title: "The pier in old pictures",
    text: `“My father built this pier with his own hands,” said Emil Okafor, a fisherman from Ostmere.

The word for the builders was ${LONG}, said Okafor.`,
  },
  {
    name: "07-rtl", outlet: "صحيفة الميناء", date: "2031-06-02", language: "ar",
    title: "وزيرة النقل: خط العبارات يعود",
    text: `قالت وزيرة النقل آنا رويز: «سنعيد فتح خط العبارات قريبا». وأضافت أن الميناء جاهز.

وقال رئيس البلدية: «هذا يوم جيد».`,
  },
  {
    name: "08-bidi", outlet: "Pier Notes", date: "2031-06-03",
    title: "A name \u202eturned round\u202c and a bell \u0007",
    text: `The clerk read a name with \u202ereversed letters\u202c and a bell \u0007 in it.

“The name is \u202eanihc\u202c,” said Dora Finch, the clerk. She read it twice, and then once more, so that everybody in the hall of Ostmere could hear it. Nobody in the hall had heard a name like it before, and the meeting went on to the ferry line.`,
  },
];

/** Writes articles as text files with their sidecars. */
function write(folder, articles) {
  fs.mkdirSync(folder, { recursive: true });
  for (const article of articles) {
    fs.writeFileSync(path.join(folder, `${article.name}.txt`), `${article.title}\n\n${article.text}\n`);
    const beside = { title: article.title, outlet: article.outlet, url: `https://example.org/${article.name}` };
    if (article.date) beside.date = article.date;
    if (article.language) beside.language = article.language;
    fs.writeFileSync(path.join(folder, `${article.name}.json`), JSON.stringify(beside));
  }
}

/** Many articles, so that reading takes a while. */
function crowd(n) {
  const towns = ["Ostmere", "Velmark", "Tarn", "Lowick", "Hale"];
  return Array.from({ length: n }, (_, i) => ({
    name: `crowd-${i}`, outlet: `Outlet ${i % 17}`, date: `2033-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`,
    title: `${towns[i % 5]} counts boat number ${i}`,
    text: `“We counted boat number ${i} in ${towns[i % 5]},” said Gil Varro ${i % 40}, the harbour master.\n\nHe added that ${i + 3} more boats would come.`,
  }));
}

module.exports = { ARTICLES, LONG, SCRIPT, write, crowd };
