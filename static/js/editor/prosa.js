// Puts an editor in front of every <textarea data-prosa>. The textarea stays the form's field: it holds the HTML, and
// without this script it is what people write in.
import { Editor } from '../../django_prose_editor/editor.js';
import { cleanPasted, toStored } from './html.js';
import { EXTENSIONS } from './udvidelser.js';
import { toolbarFor } from './vaerktoejslinje.js';

function accessibleNames(textarea, label) {
  label.id ||= `${textarea.id}-label`;
  const names = { role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': label.id };
  for (const name of ['aria-describedby', 'aria-invalid', 'aria-required']) {
    if (textarea.hasAttribute(name)) names[name] = textarea.getAttribute(name);
  }
  return names;
}

function start(textarea) {
  const label = textarea.labels[0];
  const { id } = textarea;
  const box = document.createElement('div');
  box.className = 'prosa';
  textarea.before(box);
  const attributes = { ...accessibleNames(textarea, label), id, class: 'prosa-flade laesetekst' };
  // Links and error messages lead to the field's id, so the editor takes it over.
  textarea.id = `${id}_html`;
  const written = textarea.value;
  const editor = new Editor({
    element: box,
    extensions: EXTENSIONS,
    content: written,
    injectCSS: false,
    editorProps: { attributes, transformPastedHTML: cleanPasted },
  });
  const untouched = toStored(editor.getHTML());
  editor.on('update', () => {
    const html = toStored(editor.getHTML());
    textarea.value = html === untouched ? written : html;
    textarea.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const figures = document.querySelector('[data-talvalg]')?.dataset.talvalg;
  box.prepend(toolbarFor(editor, label.firstChild.textContent.trim(), figures));
  box.append(textarea);
  textarea.hidden = true;
  label.addEventListener('click', () => editor.view.focus());
  if (location.hash === `#${id}` || textarea.autofocus) editor.view.focus();
}

for (const textarea of document.querySelectorAll('textarea[data-prosa]')) start(textarea);
