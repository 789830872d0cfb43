// The table in which a status is written: lights by one key for a row or all marked ones, last quarter's text taken
// over where nothing stands, and how far each row is.

const LIGHTS = ['', 'paa-sporet', 'opmaerksomhed', 'afviger', 'ikke-i-gang']; // by their key

class StatusTable {
  constructor(table) {
    this.table = table;
    this.form = table.form ?? table.closest('form');
    this.tools = this.form.querySelector('[data-vaerktoej]');
    this.status = this.tools.querySelector('[data-tabelstatus]');
    this.undoButton = this.tools.querySelector('[data-fortryd]');
    this.rows = [...table.querySelectorAll('[data-raekke]')];
    this.undo = new Map();
    this.reveal();
    table.addEventListener('input', (event) => this.typed(event));
    table.addEventListener('change', (event) => this.marked(event.target));
    table.addEventListener('keydown', (event) => this.key(event));
    this.form.addEventListener('click', (event) => this.clicked(event));
    this.rows.forEach((row) => this.refresh(row));
    this.count();
  }

  light(row) {
    return row.querySelector('[data-lys]');
  }

  text(row) {
    return row.querySelector('[data-tekst]');
  }

  mark(row) {
    return row.querySelector('[data-maerke]');
  }

  // What needs a script is not offered without one; a row whose light follows from others has nothing to mark for.
  reveal() {
    this.tools.hidden = false;
    for (const row of this.rows) this.mark(row).parentElement.hidden = !this.light(row);
    for (const all of this.table.querySelectorAll('[data-maerke-alle]')) all.hidden = this.under(all).length === 0;
  }

  under(all) {
    return this.rows.filter((row) => row.parentElement === all.closest('tbody') && this.light(row));
  }

  chosen() {
    return this.rows.filter((row) => this.light(row) && this.mark(row).checked);
  }

  // To mark a row changes nothing that is kept.
  typed(event) {
    if (event.target.matches('[data-maerke],[data-maerke-alle]')) event.stopPropagation();
    else this.refresh(event.target.closest('[data-raekke]'));
  }

  marked(target) {
    if (target.matches('[data-maerke-alle]')) for (const row of this.under(target)) this.mark(row).checked = target.checked;
    if (target.matches('[data-maerke],[data-maerke-alle]')) this.count();
  }

  count() {
    const n = this.chosen().length;
    this.tools.querySelector('[data-valgte]').textContent = n ? `Sæt lys på ${n} markerede` : 'Sæt lys på markerede';
    for (const button of this.tools.querySelectorAll('[data-saet]')) button.disabled = n === 0;
    this.tools.classList.toggle('klar', n > 0);
    for (const all of this.table.querySelectorAll('[data-maerke-alle]')) {
      const rows = this.under(all);
      const on = rows.filter((row) => this.mark(row).checked).length;
      all.checked = on > 0 && on === rows.length;
      all.indeterminate = on > 0 && on < rows.length;
    }
  }

  key(event) {
    const light = LIGHTS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-4]$/.test(event.key)) return;
    if (!event.target.matches('[data-lys],[data-maerke],[data-maerke-alle]')) return;
    event.preventDefault();
    const row = event.target.closest('[data-raekke]');
    const marked = row ? this.mark(row).checked : this.chosen().length > 0;
    this.set(marked ? this.chosen() : row ? [row] : this.under(event.target), light);
  }

  set(rows, light) {
    this.undo = new Map(rows.map((row) => [this.light(row), this.light(row).value]));
    for (const row of rows) this.light(row).value = light;
    const word = this.light(rows[0]).selectedOptions[0].text;
    this.changed(`${word}: ${rows.length === 1 ? '1 række' : `${rows.length} rækker`}.`);
  }

  // Fields changed by script make no event of their own; autosave listens for one.
  changed(said) {
    this.rows.forEach((row) => this.refresh(row));
    this.status.textContent = said;
    this.undoButton.hidden = this.undo.size === 0;
    this.form.dispatchEvent(new Event('input', { bubbles: true }));
  }

  clicked(event) {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.saet) this.set(this.chosen(), button.dataset.saet);
    else if (button === this.undoButton) this.takeBack();
    else if ('overtag' in button.dataset) this.takeOver(event, [button]);
    else if ('overtagAlle' in button.dataset) this.takeOver(event, [...this.table.querySelectorAll('[data-overtag]')]);
  }

  takeOver(event, buttons) {
    event.preventDefault();
    this.undo = new Map();
    for (const button of buttons) {
      const text = this.text(button.closest('[data-raekke]'));
      if (text.value.trim()) continue;
      this.undo.set(text, text.value);
      text.value = button.dataset.overtag;
    }
    const n = this.undo.size;
    this.changed(`${n === 1 ? '1 tekst' : `${n} tekster`} fra sidst er sat ind. Ret det, der er nyt.`);
    if (buttons.length === 1) this.text(buttons[0].closest('[data-raekke]')).focus();
  }

  takeBack() {
    const n = this.undo.size;
    for (const [field, value] of this.undo) field.value = value;
    this.undo = new Map();
    this.changed(`${n === 1 ? '1 felt' : `${n} felter`} er, som det var.`);
  }

  refresh(row) {
    if (!row) return;
    const light = this.light(row);
    const text = this.text(row);
    const empty = !text.value.trim();
    const button = row.querySelector('[data-overtag]');
    if (button) button.hidden = !empty;
    const all = this.form.querySelector('[data-overtag-alle]');
    if (all) all.parentElement.hidden = !this.rows.some((r) => r.querySelector('[data-overtag]:not([hidden])'));
    if (!light) return;
    const why = row.querySelector('[data-hvorfor]');
    const worse = light.value !== '' && light.dataset.vaerre.split(' ').includes(light.value);
    row.querySelector('[data-hvorfor-ramme]').hidden = !worse && !why.value.trim() && !why.matches('[aria-invalid=true]');
    light.dataset.lys = light.value;
    row.querySelector('[data-stand]').textContent = this.stand(light.value === '', !this.says(text));
  }

  // As the server reads it: a text of signs and words that only hold a place says nothing yet.
  says(text) {
    const holdsPlace = new RegExp(`^(?:${text.dataset.pladsholdere})$`, 'i');
    return (text.value.match(/[\p{L}\p{N}]+/gu) || []).some((word) => !holdsPlace.test(word));
  }

  stand(noLight, noText) {
    if (noLight && noText) return '○ Ikke skrevet endnu';
    if (noLight) return '◐ Lyset mangler';
    return noText ? '◐ Teksten mangler' : '✓ Skrevet';
  }
}

for (const table of document.querySelectorAll('[data-statustabel]')) new StatusTable(table);
