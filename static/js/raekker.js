// Rows of a form in a table: a new row without a round trip, and buttons instead of numbers for their order.
import { addCalendars } from './dato.js';

function moveRow(row, step) {
  const body = row.parentElement;
  const rows = [...body.rows];
  const target = rows[rows.indexOf(row) + step];
  if (!target) return;
  if (step < 0) target.before(row);
  else target.after(row);
  [...body.rows].forEach((other, index) => {
    other.querySelector('[data-orden]').value = index + 1;
  });
  row.dispatchEvent(new Event('input', { bubbles: true }));
}

function arrow(row, step, text, symbol) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'knap-lille';
  button.textContent = symbol;
  const field = row.querySelector('input:not([type=hidden]), select, textarea');
  button.setAttribute('aria-label', `${text}: ${field?.labels[0]?.textContent ?? ''}`);
  button.addEventListener('click', () => {
    moveRow(row, step);
    button.focus();
  });
  return button;
}

function orderByButtons(row) {
  const input = row.querySelector('[data-orden]');
  if (!input) return;
  input.type = 'hidden';
  const box = document.createElement('div');
  box.className = 'raekke-orden';
  box.append(arrow(row, -1, 'Flyt op', '↑'), arrow(row, 1, 'Flyt ned', '↓'));
  input.after(box);
}

function addRow(prefix) {
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const template = document.getElementById(`${prefix}-tom-raekke`);
  const number = Number(total.value);
  const body = template.previousElementSibling.tBodies[0];
  const html = template.innerHTML.replaceAll('__prefix__', number).replaceAll('__nummer__', number + 1);
  body.insertAdjacentHTML('beforeend', html);
  total.value = number + 1;
  const row = body.lastElementChild;
  orderByButtons(row);
  addCalendars(row);
  row.querySelector('input:not([type=hidden]), select, textarea').focus();
}

for (const row of document.querySelectorAll('.raekkeskema tbody > tr')) orderByButtons(row);
for (const button of document.querySelectorAll('[data-tilfoej-raekke]')) {
  button.type = 'button';
  button.hidden = false;
  button.addEventListener('click', () => addRow(button.dataset.tilfoejRaekke));
}
