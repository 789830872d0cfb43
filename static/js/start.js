import './ord.js';

// Starts the parts of Det Fælles Designsystem that stand on the page, and the user menu's habits.
const { Alert, Dropdown, ErrorSummary, Modal, Tabs, Tooltip } = window.DKFDS;

for (const [selector, Part] of [
  ['.alert.has-close', Alert],
  ['.js-dropdown', Dropdown],
  ['[data-module="error-summary"]', ErrorSummary],
  ['.fds-modal', Modal],
  ['.tab-container', Tabs],
  ['.tooltip-wrapper', Tooltip],
]) {
  // Last first: of two error summaries the upper one keeps the focus.
  for (const element of [...document.querySelectorAll(selector)].reverse()) new Part(element).init();
}

const menu = document.querySelector('.brugermenu');
if (menu) {
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}

// What waits is counted beside the page when something has been written since it was last known.
const bell = document.querySelector('.klokke[data-hent]');
if (bell) {
  fetch(bell.dataset.hent)
    .then(async (answer) => {
      if (answer.ok && !answer.redirected) bell.querySelector('.klokke-svar').innerHTML = await answer.text();
    })
    .catch(() => {}); // the link leads to what waits all the same
}

// A finding's link lands on the field to mend: the field itself, or the first one of a group.
const target = location.hash.startsWith('#id_') && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target) {
  const fields = 'input:not([type=hidden]), select, textarea';
  (target.matches(fields) ? target : target.querySelector(fields))?.focus();
}

// A table in prose may be wider than a phone: it scrolls in a frame of its own, which the keyboard reaches.
for (const table of document.querySelectorAll('.laesetekst:not(.prosa-flade) table')) {
  const frame = document.createElement('div');
  frame.className = 'tabelramme';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', table.caption?.textContent ?? 'Tabel');
  table.replaceWith(frame);
  frame.append(table);
}
