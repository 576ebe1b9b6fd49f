// Runs once for each gr.HTML it is given to; `element` and `trigger` come from Gradio.
// Listeners sit on the container, so they outlive every re-rendering of what is inside.
const actions = ['ask', 'summarize', 'remove'];

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-action]');
  if (!button || !actions.includes(button.dataset.action)) return;
  if (button.dataset.sure && !window.confirm(button.dataset.sure)) return;
  trigger(button.dataset.action, { ...button.dataset });
});

function light(claim, scroll) {
  element.querySelectorAll('.is-lit').forEach((lit) => lit.classList.remove('is-lit'));
  if (!claim) return;
  claim.classList.add('is-lit');
  const supports = element.querySelectorAll(`.support[data-claims~="${claim.dataset.claim}"]`);
  supports.forEach((support) => support.classList.add('is-lit'));
  if (!scroll || !supports.length) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  supports[0].scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

const claimOf = (event) => event.target.closest('.claim');
element.addEventListener('mouseover', (event) => claimOf(event) && light(claimOf(event), false));
element.addEventListener('focusin', (event) => claimOf(event) && light(claimOf(event), false));
element.addEventListener('click', (event) => claimOf(event) && light(claimOf(event), true));
element.addEventListener('keydown', (event) => {
  if (!claimOf(event) || !['Enter', ' '].includes(event.key)) return;
  event.preventDefault();
  light(claimOf(event), true);
});
