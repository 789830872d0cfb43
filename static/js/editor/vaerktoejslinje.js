// The toolbar: real buttons with words, one tab stop, arrow keys between them (the ARIA pattern for toolbars).
import { getMarkRange } from '../../django_prose_editor/editor.js';
import { ask } from './dialog.js';
import { chooseMeasurement } from './tal.js';
import { ALLOWED_ADDRESS, newFootnote } from './udvidelser.js';

function markAtCursor(editor, name) {
  const { $from } = editor.state.selection;
  return getMarkRange($from, editor.schema.marks[name]);
}

function textBetween(editor, from, to) {
  return editor.state.doc.textBetween(from, to, ' ');
}

// The question, and afterwards the text has the focus again, answered or not.
async function askIn(editor, question) {
  const answer = await ask(question);
  editor.view.focus();
  return answer;
}

async function footnote(editor) {
  const range = markAtCursor(editor, 'fodnote');
  const before = range ? textBetween(editor, range.from, range.to) : '';
  const answer = await askIn(editor, {
    title: range ? 'Ret fodnote' : 'Ny fodnote',
    fields: [{ name: 'text', label: 'Fodnotens tekst', value: before, rows: 3 }],
    submit: range ? 'Ret fodnoten' : 'Indsæt fodnoten',
    remove: range && 'Slet fodnoten',
  });
  if (!answer) return;
  const chain = editor.chain();
  const text = answer.text?.trim();
  if (answer.remove || (range && text === '')) chain.deleteRange(range);
  else if (range && text && text !== before) chain.insertContentAt(range, newFootnote(text));
  else if (!range && text) chain.insertContentAt(editor.state.selection.to, newFootnote(text));
  chain.run();
}

function address(typed) {
  const text = typed.trim();
  if (!text || ALLOWED_ADDRESS.test(text)) return text;
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

function usable(href) {
  return ALLOWED_ADDRESS.test(href) && URL.canParse(href);
}

async function link(editor) {
  const range = markAtCursor(editor, 'link');
  const { from, to, empty } = editor.state.selection;
  const answer = await askIn(editor, {
    title: range ? 'Ret link' : 'Nyt link',
    fields: [
      {
        name: 'href',
        label: 'Adresse',
        value: editor.getAttributes('link').href ?? '',
        hint: 'For eksempel https://www.lbf.dk eller en e-mailadresse.',
      },
    ],
    submit: range ? 'Ret linket' : 'Indsæt linket',
    remove: range && 'Fjern linket',
    fault: (typed) =>
      usable(address(typed.href)) ? '' : 'Adressen kan ikke bruges. Skriv for eksempel https://www.lbf.dk.',
  });
  if (!answer) return;
  const chain = editor.chain();
  const href = address(answer.href ?? '');
  if (answer.remove) chain.extendMarkRange('link').unsetLink();
  else if (empty && !range) {
    chain.insertContentAt(to, { type: 'text', text: answer.href.trim(), marks: [{ type: 'link', attrs: { href } }] });
  } else chain.setTextSelection(range ?? { from, to }).setLink({ href });
  chain.run();
}

async function bindFigure(editor, url) {
  const bound = editor.isActive('tal');
  const { from, to } = (bound && markAtCursor(editor, 'tal')) || editor.state.selection;
  const reference = await chooseMeasurement(url, textBetween(editor, from, to).trim(), bound);
  editor.view.focus();
  if (reference === null) return;
  const chain = editor.chain().setTextSelection({ from, to });
  if (reference) chain.setMark('tal', { henvisning: reference }).run();
  else chain.unsetMark('tal').run();
}

// Only where the page says where the figures are to be had.
const figureTool = (url) => ({
  label: 'Bind til tal',
  run: (editor) => bindFigure(editor, url),
  pressed: inside('tal'),
  possible: (editor) => !editor.state.selection.empty || editor.isActive('tal'),
});

async function caption(editor) {
  const answer = await askIn(editor, {
    title: 'Tabeltekst',
    fields: [
      {
        name: 'caption',
        label: 'Hvad viser tabellen?',
        value: editor.getAttributes('table').caption ?? '',
        hint: 'Står over tabellen. Den, der får siden læst op, hører den først.',
      },
    ],
    submit: 'Gem tabelteksten',
  });
  if (answer) editor.commands.updateAttributes('table', { caption: answer.caption.trim() });
}

const command = (name, ...values) => (editor) => {
  editor.commands[name](...values);
  editor.view.focus();
};
const inside = (name, attributes) => (editor) => editor.isActive(name, attributes);
const possible = (name) => (editor) => editor.can()[name]();

// label, what it does, when it is pressed, when it can be used; a line starts a new group.
const TOOLS = [
  { label: 'Overskrift', run: command('toggleHeading', { level: 3 }), pressed: inside('heading', { level: 3 }) },
  { label: 'Underoverskrift', run: command('toggleHeading', { level: 4 }), pressed: inside('heading', { level: 4 }) },
  { label: 'Fed', run: command('toggleBold'), pressed: inside('bold'), keys: 'Control+B' },
  { label: 'Kursiv', run: command('toggleItalic'), pressed: inside('italic'), keys: 'Control+I' },
  { label: 'Punktliste', run: command('toggleBulletList'), pressed: inside('bulletList') },
  { label: 'Nummereret liste', run: command('toggleOrderedList'), pressed: inside('orderedList') },
  { label: 'Citat', run: command('toggleBlockquote'), pressed: inside('blockquote') },
  { label: 'Link', run: link, pressed: inside('link'), keys: 'Control+K' },
  { label: 'Fodnote', run: footnote, pressed: inside('fodnote') },
  {
    label: 'Tabel',
    run: command('insertTable', { rows: 3, cols: 3, withHeaderRow: true }),
    possible: (editor) => !editor.isActive('table') && editor.can().insertTable(),
  },
  { label: 'Fortryd', run: command('undo'), possible: possible('undo'), keys: 'Control+Z' },
  { label: 'Gentag', run: command('redo'), possible: possible('redo'), keys: 'Control+Y' },
];

const TABLE_TOOLS = [
  { label: 'Række over', run: command('addRowBefore') },
  { label: 'Række under', run: command('addRowAfter') },
  { label: 'Slet række', run: command('deleteRow') },
  { label: 'Kolonne før', run: command('addColumnBefore') },
  { label: 'Kolonne efter', run: command('addColumnAfter') },
  { label: 'Slet kolonne', run: command('deleteColumn') },
  { label: 'Overskriftscelle', run: command('toggleHeaderCell'), pressed: inside('tableHeader') },
  { label: 'Tabeltekst', run: caption },
  { label: 'Slet tabel', run: command('deleteTable') },
];

function buttonFor(editor, tool) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = tool.label;
  button.tabIndex = -1;
  if (tool.keys) button.setAttribute('aria-keyshortcuts', tool.keys);
  button.addEventListener('mousedown', (event) => event.preventDefault()); // the text keeps the focus
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') tool.run(editor);
  });
  return button;
}

function show(editor, tool, button) {
  if (tool.pressed) button.setAttribute('aria-pressed', tool.pressed(editor));
  if (tool.possible) button.setAttribute('aria-disabled', !tool.possible(editor));
}

function group(editor, tools) {
  const box = document.createElement('div');
  const buttons = tools.map((tool) => buttonFor(editor, tool));
  box.append(...buttons);
  return { box, update: () => tools.forEach((tool, index) => show(editor, tool, buttons[index])) };
}

function roam(bar, editor) {
  const visible = () => [...bar.querySelectorAll('button')].filter((button) => !button.closest('[hidden]'));
  const moveTo = (button) => {
    for (const other of bar.querySelectorAll('button')) other.tabIndex = other === button ? 0 : -1;
  };
  bar.addEventListener('focusin', (event) => moveTo(event.target));
  bar.addEventListener('keydown', (event) => {
    const buttons = visible();
    const at = buttons.indexOf(event.target);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
    if (event.key === 'Escape') editor.view.focus();
    else if (event.key in steps) buttons.at(steps[event.key] % buttons.length).focus();
    else return;
    event.preventDefault();
  });
  moveTo(bar.querySelector('button'));
}

function generalTools(figures) {
  if (!figures) return TOOLS;
  const at = TOOLS.findIndex(({ label }) => label === 'Fodnote') + 1;
  return TOOLS.toSpliced(at, 0, figureTool(figures));
}

// figures: the address that answers what a figure can be bound to, where there is one.
export function toolbarFor(editor, label, figures) {
  const bar = document.createElement('div');
  bar.className = 'prosa-linje';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', `Værktøjer til ${label}`);
  bar.setAttribute('aria-controls', editor.view.dom.id);
  const general = group(editor, generalTools(figures));
  const table = group(editor, TABLE_TOOLS);
  table.box.setAttribute('role', 'group');
  table.box.setAttribute('aria-label', 'Tabellen');
  bar.append(general.box, table.box);
  roam(bar, editor);
  const showTable = (inTable) => {
    if (table.box.hidden === !inTable) return;
    const before = bar.offsetHeight;
    table.box.hidden = !inTable;
    // The text stays where it was under the pointer.
    if (bar.isConnected) window.scrollBy({ top: bar.offsetHeight - before, behavior: 'instant' });
  };
  const update = () => {
    showTable(editor.isActive('table'));
    general.update();
    table.update();
  };
  update();
  editor.on('transaction', update);
  editor.view.dom.addEventListener('keydown', (event) => {
    if (event.altKey && event.key === 'F10') bar.querySelector('[tabindex="0"]').focus();
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') link(editor);
    else return;
    event.preventDefault();
  });
  return bar;
}
