// A calendar beside a date field: what is chosen is written as one would write it; the field is typed in as before.

function iso(text) {
  const [, day, month, year] = text.trim().match(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/) ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : '';
}

function addCalendar(field) {
  const box = document.createElement('div');
  const button = document.createElement('button');
  const calendar = document.createElement('input');
  box.className = 'datofelt';
  button.type = 'button';
  button.className = 'knap-lille';
  button.disabled = field.disabled;
  button.setAttribute('aria-label', `Vælg dato: ${field.labels[0]?.firstChild.textContent.trim() ?? ''}`);
  calendar.type = 'date'; // has no name, so nothing of it is sent
  calendar.tabIndex = -1;
  calendar.setAttribute('aria-hidden', 'true');
  field.replaceWith(box);
  box.append(field, button, calendar);
  button.addEventListener('click', () => {
    calendar.value = iso(field.value);
    calendar.showPicker();
  });
  calendar.addEventListener('input', (event) => event.stopPropagation());
  calendar.addEventListener('change', (event) => {
    event.stopPropagation();
    if (!calendar.value) return;
    field.value = calendar.value.split('-').reverse().join('.');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.focus();
  });
}

export function addCalendars(place) {
  if (!('showPicker' in HTMLInputElement.prototype)) return;
  place.querySelectorAll('input[data-dato]:not([type=hidden])').forEach(addCalendar);
}

addCalendars(document);
