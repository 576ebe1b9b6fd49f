// Runs once, for the note that says why no model can write: "written by a model" is shown among
// the methods and cannot be chosen. Gradio's own radio has no such choices, and may come later.
function lock() {
  const choice = document.querySelector('#method input[value="abstractive"]');
  if (!choice || choice.disabled) return;
  choice.disabled = true;
  choice.setAttribute('aria-describedby', 'no-writer');
}

lock();
new MutationObserver(lock).observe(document.body, { subtree: true, childList: true });
