// Runs once, for the masthead; `element` and `watch` come from Gradio. Tells the browser, whoever
// has the page read aloud, and Gradio itself which language the page is in.
//
// Gradio goes by the browser's language, and says some things in English whatever that is. What it
// has translated it shows in ours once `changeLocale` of its own code is called; `data-says` holds
// the rest, as English beginnings and what to put in their place.
const WHERE = '.toast-wrap, [data-testid="status-tracker"]';
let says = [];

function speak() {
  const page = element.querySelector('[data-says]');
  document.documentElement.lang = page.lang;
  says = Object.entries(JSON.parse(page.dataset.says));
  const core = document.querySelector('link[rel="modulepreload"][href*="/assets/core-"]');
  if (core) import(core.href).then((gradio) => gradio.changeLocale(page.lang), () => {});
  translateAll();
}

function translated(text) {
  const found = says.find(([english]) => text.trimStart().startsWith(english));
  return found ? text.replace(found[0], found[1]) : text;
}

function translateAll() {
  for (const place of document.querySelectorAll(WHERE)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = translated(texts.currentNode.data);
      if (text !== texts.currentNode.data) texts.currentNode.data = text;
    }
  }
  for (const labelled of document.querySelectorAll('[aria-label]')) {
    const label = translated(labelled.ariaLabel);
    if (label !== labelled.ariaLabel) labelled.ariaLabel = label;
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    translateAll();
  });
}

speak();
watch('value', speak);
new MutationObserver(soon).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ['aria-label'],
});
