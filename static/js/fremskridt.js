// Work that goes on beside the page: says how far it is, and shows the page again when it is done. Without this script its
// link "Se igen" does the same.

const LOOK = 2000;
const SAY = 10000;
const box = document.querySelector('[data-fremskridt]');
const text = box.querySelector('[data-tekst]');
const spoken = box.querySelector('[role=status]');
const bar = box.querySelector('progress');
let said = Date.now();

function show(state) {
  text.textContent = state.tekst;
  if (state.i_alt) {
    bar.max = state.i_alt;
    bar.value = state.naaet;
  } else {
    bar.removeAttribute('value');
  }
  // A screen reader is told now and then, and not at every look.
  if (Date.now() - said > SAY) {
    spoken.textContent = state.tekst;
    said = Date.now();
  }
}

async function look() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: 'application/json' } });
    const state = await answer.json();
    if (state.slut) return window.location.reload();
    show(state);
  } catch {
    // No network, or no JSON because the login has run out: the page itself will say so.
    if (navigator.onLine) return window.location.reload();
  }
  return setTimeout(look, LOOK);
}

box.querySelector('[data-selv]').hidden = false;
setTimeout(look, LOOK / 2);
