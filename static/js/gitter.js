// A grid of fields: moves as a spreadsheet does, takes a block from one, and sends only what was changed.
// Subclasses say what is wrong with a cell, and what follows when one is typed in.

export class Grid {
  constructor(form) {
    this.form = form;
    this.rows = [...form.querySelectorAll('.gitter tbody tr')].map((row) => [...row.querySelectorAll('input')]);
    this.place = new Map();
    this.rows.forEach((cells, y) => cells.forEach((cell, x) => this.place.set(cell, [y, x])));
    this.saved = JSON.parse(form.elements.foer.value || '{}');
    this.faults = this.faultsAbove();
    this.status = form.querySelector('[data-gitterstatus]');
    this.undoButton = form.querySelector('[data-fortryd]');
    this.undo = null;
    this.atFocus = '';
    this.leaving = false;
    this.pressing = false;
    document.addEventListener('pointerdown', () => { this.pressing = true; }, true);
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => this.released(), true);
    form.addEventListener('focusin', (event) => this.focused(event.target));
    form.addEventListener('keydown', (event) => this.key(event));
    form.addEventListener('input', (event) => this.typed(event.target));
    form.addEventListener('change', (event) => this.check(event.target));
    form.addEventListener('paste', (event) => this.paste(event));
    form.addEventListener('submit', () => { this.leaving = true; });
    form.addEventListener('formdata', (event) => this.onlyChanged(event.formData));
    this.undoButton.addEventListener('click', () => this.undoPaste());
    window.addEventListener('beforeunload', (event) => {
      const kept = 'kladde' in form.dataset; // then autosave says whether something is lost
      if (!kept && !this.leaving && this.changed().length) event.preventDefault();
    });
  }

  changed() {
    return [...this.place.keys()].filter((cell) => cell.value.trim() !== (this.saved[cell.name] ?? '').trim());
  }

  onlyChanged(data) {
    const changed = new Set(this.changed());
    for (const cell of this.place.keys()) if (!changed.has(cell)) data.delete(cell.name);
  }

  focused(cell) {
    if (!this.place.has(cell)) return;
    this.atFocus = cell.value;
    cell.select();
  }

  key(event) {
    const at = this.place.get(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const cell = event.target;
    const [y, x] = at;
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const moves = {
      ArrowDown: [y + 1, x],
      ArrowUp: [y - 1, x],
      Enter: event.shiftKey ? [y - 1, x] : [y + 1, x],
      ArrowLeft: !event.shiftKey && (all || cell.selectionEnd === 0) ? [y, x - 1] : null,
      ArrowRight: !event.shiftKey && (all || cell.selectionStart === cell.value.length) ? [y, x + 1] : null,
    };
    if (event.key === 'Escape') {
      cell.value = this.atFocus;
      this.typed(cell);
      this.check(cell);
      this.tell();
      cell.select();
    } else if (moves[event.key]) {
      this.rows[moves[event.key][0]]?.[moves[event.key][1]]?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  // What follows from a changed cell.
  typed() {}

  // What follows from many.
  typedMany() {}

  // Why a cell's text is refused; '' when it is not.
  fault() {
    return '';
  }

  check(cell) {
    if (!this.place.has(cell)) return;
    const fault = this.fault(cell);
    const refused = this.faults.some(({ own, values }) => own === cell && values.get(cell) === cell.value);
    if (fault || refused) cell.setAttribute('aria-invalid', 'true');
    else cell.removeAttribute('aria-invalid');
    if (fault) this.say(fault);
    this.mended();
  }

  // What the page says is wrong above the grid, with what stands of it beside the cell that each line leads to. A fault
  // with no cell of its own is of the whole row. `values`: what was refused.
  faultsAbove() {
    return [...document.querySelectorAll('.alert-error [href^="#"]')].flatMap((link) => {
      const cell = document.getElementById(link.hash.slice(1));
      if (!this.place.has(cell)) return [];
      const mark = document.getElementById(`fejl-${cell.id}`);
      const cells = mark ? [cell] : this.rows[this.place.get(cell)[0]];
      return [{
        line: link.closest('li'),
        own: mark && cell,
        marks: mark ? [mark] : cell.closest('tr').querySelectorAll('th .gitter-fejl'),
        values: new Map(cells.map((each) => [each, each.value])),
      }];
    });
  }

  isMended({ values }) {
    const cells = [...values.keys()];
    return cells.some((cell) => cell.value !== values.get(cell)) && !cells.some((cell) => cell.hasAttribute('aria-invalid'));
  }

  // A cell is left by pressing on something else, which must not move before it is let go: then it is no click.
  released() {
    this.pressing = false;
    setTimeout(() => this.mended());
  }

  // A line goes, and what stands beside its cell, when the cell says something else that can be read; with the last
  // line the whole box goes.
  mended() {
    if (this.pressing) return;
    const mended = this.faults.filter((fault) => this.isMended(fault));
    this.faults = this.faults.filter((fault) => !mended.includes(fault));
    for (const { line, own, marks } of mended) {
      const box = line.closest('.alert-error');
      own?.removeAttribute('aria-describedby');
      marks.forEach((mark) => mark.remove());
      line.remove();
      if (box.querySelector('li')) continue;
      box.remove();
      this.say('Det er rettet. Husk at gemme.');
    }
  }

  paste(event) {
    const at = this.place.get(event.target);
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '');
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = text.split('\n').map((line) => line.split('\t'));
    const width = Math.max(...block.map((line) => line.length));
    const [top, left] = at;
    const room = [this.rows.length - top, this.rows[top].length - left];
    if (block.length > room[0] || width > room[1]) {
      this.say(`Udsnittet er ${block.length} × ${width}, og herfra er der plads til ${room[0]} × ${room[1]}. Intet er sat ind.`);
      return;
    }
    this.undo = new Map();
    block.forEach((line, dy) => line.forEach((value, dx) => {
      const cell = this.rows[top + dy][left + dx];
      this.undo.set(cell, cell.value);
      cell.value = value.trim();
    }));
    this.typedMany();
    for (const cell of this.undo.keys()) this.check(cell);
    this.undoButton.hidden = false;
    this.tell();
    const wrong = [...this.undo.keys()].filter((cell) => cell.hasAttribute('aria-invalid')).length;
    this.say(`${this.undo.size} celler er sat ind${wrong ? `, og ${wrong} kan ikke læses` : ''}. Husk at gemme.`);
  }

  undoPaste() {
    const first = this.undo.keys().next().value;
    for (const [cell, value] of this.undo) cell.value = value;
    for (const cell of this.undo.keys()) this.check(cell);
    this.typedMany();
    this.undo = null;
    this.undoButton.hidden = true;
    this.tell();
    this.say('Det indsatte er taget ud igen.');
    first.focus();
  }

  // Cells changed by script make no event of their own; autosave listens for one.
  tell() {
    this.form.dispatchEvent(new Event('input', { bubbles: true }));
  }

  say(text) {
    this.status.textContent = text;
  }
}
