// Runs once for each gr.HTML it is given to; `element` and `trigger` come from Gradio.
// Listeners sit on the container, so they outlive every re-rendering of what is inside.
const actions = ['ask', 'summarize', 'remove'];

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-action]');
  if (!button || !actions.includes(button.dataset.action)) return;
  if (button.dataset.sure && !window.confirm(button.dataset.sure)) return;
  trigger(button.dataset.action, { ...button.dataset });
});

// a sentence of a summary, or what is flagged in it, and its place in the article
function light(claim, scroll) {
  element.querySelectorAll('.is-lit').forEach((lit) => lit.classList.remove('is-lit'));
  if (!claim) return;
  claim.classList.add('is-lit');
  const places = element.querySelectorAll(`[data-claims~="${claim.dataset.claim}"]`);
  places.forEach((place) => place.classList.add('is-lit'));
  if (!scroll || !places.length) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  places[0].scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

const claimOf = (event) => event.target.closest('.flag, .claim');
element.addEventListener('mouseover', (event) => claimOf(event) && light(claimOf(event), false));
element.addEventListener('focusin', (event) => claimOf(event) && light(claimOf(event), false));
element.addEventListener('click', (event) => claimOf(event) && light(claimOf(event), true));
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') light(null);
  if (!event.target.matches('.flag, .claim') || !['Enter', ' '].includes(event.key)) return;
  event.preventDefault();
  light(event.target, true);
});

// copying; over plain HTTP on another machine browsers have no clipboard, only this old command
function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = element.appendChild(document.createElement('textarea'));
  box.value = text;
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done ? Promise.resolve() : Promise.reject();
}

element.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  button.dataset.label ??= button.textContent;
  await copied(button.dataset.copy);
  button.textContent = button.dataset.done;
  button.setAttribute('aria-live', 'polite');
  setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
});
