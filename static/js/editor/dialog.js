// A small question in a native dialog: one field or more, answered by a plain object, or null when it is given up.
// A field with options ({ value, text }, or { text, options } for a group of them) is a list to choose from.

let count = 0;

function build(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function optionFor({ value, text, options }) {
  if (options) return build('optgroup', { label: text }, ...options.map(optionFor));
  return build('option', { value, textContent: text });
}

function inputFor({ name, value = '', rows, options }, id) {
  if (options) return build('select', { id, name, className: 'form-select' }, ...options.map(optionFor));
  return build(rows ? 'textarea' : 'input', { id, name, value, className: 'form-input', ...(rows && { rows }) });
}

function fieldFor(field) {
  const { label, hint = '' } = field;
  const id = `spoerg-${++count}`;
  const input = inputFor(field, id);
  const parts = [build('label', { htmlFor: id, className: 'form-label', textContent: label })];
  if (hint) {
    parts.push(build('span', { id: `${id}-hint`, className: 'form-hint', textContent: hint }));
    input.setAttribute('aria-describedby', `${id}-hint`);
  }
  return build('div', { className: 'form-group' }, ...parts, input);
}

function showFault(form, text) {
  form.querySelector('.form-error-message')?.remove();
  const input = form.querySelector('input, textarea, select');
  const fault = build('span', { id: `${input.id}-error`, className: 'form-error-message', textContent: text });
  input.before(fault);
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', fault.id);
  input.focus();
}

// ask({ title, fields, submit, remove, fault }): `remove` is the text of a third button that answers
// { remove: true }; `fault` looks at an answer and says what is wrong with it, if anything.
export function ask({ title, fields, submit, remove, fault }) {
  const heading = build('h2', { id: `spoerg-${++count}`, className: 'h3', textContent: title });
  const buttons = build('div', { className: 'handlinger' });
  buttons.append(
    build('button', { type: 'submit', value: 'ok', className: 'button button-primary', textContent: submit }),
    build('button', { type: 'button', className: 'button button-secondary', textContent: 'Annullér' }),
  );
  if (remove) {
    buttons.append(build('button', { type: 'submit', value: 'remove', className: 'knap-tekst', textContent: remove }));
  }
  const form = build('form', { method: 'dialog', noValidate: true }, heading, ...fields.map(fieldFor), buttons);
  const dialog = build('dialog', { className: 'spoerg' }, form);
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const answerWith = (answer) => {
      dialog.remove();
      resolve(answer);
    };
    // Answered here and not at 'close', which comes a task later: a key struck in between would be lost.
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const answer = Object.fromEntries(new FormData(form));
      const removed = event.submitter?.value === 'remove';
      const text = !removed && fault?.(answer);
      if (text) return showFault(form, text);
      dialog.close();
      return answerWith(removed ? { remove: true } : answer);
    });
    buttons.children[1].addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => answerWith(null));
    dialog.showModal();
    form.querySelector('input, textarea, select, button').focus();
  });
}
