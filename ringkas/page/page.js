// Runs once for each gr.HTML it is given to; `element` and `trigger` come from Gradio.
// Listeners sit on the container, so they outlive every re-rendering of what is inside.
const actions = ['ask', 'summarize', 'remove', 'tick', 'move'];

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
element.addEventListener('mousemove', (event) => {
  // A click scrolls: what comes to lie under a pointer that rests is not pointed at.
  if (!event.movementX && !event.movementY) return;
  const claim = claimOf(event);
  if (claim && !claim.classList.contains('is-lit')) light(claim, false);
});
element.addEventListener('focusin', (event) => claimOf(event) && light(claimOf(event), false));
element.addEventListener('click', (event) => claimOf(event) && light(claimOf(event), true));
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') light(null);
  if (!event.target.matches('.flag, .claim') || !['Enter', ' '].includes(event.key)) return;
  event.preventDefault();
  light(event.target, true);
});

// arranging stories: whoever moves one by keyboard stays on its button, wherever that is now
let kept = null;
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-action]');
  kept = button && ['tick', 'move'].includes(button.dataset.action) ? { ...button.dataset } : null;
});
watch('value', () => {
  element.querySelectorAll('input[type="checkbox"]').forEach((box) => {
    box.checked = box.hasAttribute('checked');
  });
  if (!kept) return;
  const same = [...element.querySelectorAll(`[data-action="${kept.action}"]`)].filter(
    (one) => one.dataset.story === kept.story && one.dataset.kind === kept.kind,
  );
  const wanted = same.find((one) => one.dataset.by === kept.by && !one.disabled);
  (wanted ?? same.find((one) => !one.disabled))?.focus();
});

let dragged = null;
const storyOf = (event) => event.target.closest?.('[draggable="true"]');
element.addEventListener('dragstart', (event) => {
  dragged = storyOf(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', '');
});
element.addEventListener('dragover', (event) => {
  const onto = storyOf(event);
  if (!dragged || !onto || onto.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  element.querySelectorAll('.is-target').forEach((one) => one.classList.remove('is-target'));
  if (onto !== dragged) onto.classList.add('is-target');
});
element.addEventListener('drop', (event) => {
  const onto = storyOf(event);
  if (!dragged || !onto || onto === dragged) return;
  event.preventDefault();
  trigger('move', { kind: 'drop', story: dragged.dataset.story, onto: onto.dataset.story });
});
element.addEventListener('dragend', () => {
  dragged = null;
  element.querySelectorAll('.is-target').forEach((one) => one.classList.remove('is-target'));
});

// the two widths of a mail
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-width]');
  if (!button) return;
  element.querySelectorAll('[data-width]').forEach((one) => {
    one.setAttribute('aria-pressed', String(one === button));
  });
  element.querySelector('.frame').classList.toggle('is-phone', button.dataset.width === 'phone');
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
