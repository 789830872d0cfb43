// Drag to order. The list says where the order is posted: data-sorter-url; its items carry data-id and a .greb.
// The up and down buttons beside each item are ordinary forms and need none of this.
const token = document.querySelector('[name=csrfmiddlewaretoken]')?.value;

function status(text, failed = false) {
  const element = document.querySelector('[data-sorter-status]');
  element.textContent = text;
  element.classList.toggle('gemt-fejl', failed);
}

function order(list) {
  return [...list.children].map((item) => item.dataset.id);
}

async function save(list, before, sortable) {
  const body = new URLSearchParams(order(list).map((id) => ['raekkefoelge', id]));
  if (list.dataset.version) body.set('version', list.dataset.version);
  try {
    const answer = await fetch(list.dataset.sorterUrl, {
      method: 'POST',
      headers: { 'X-CSRFToken': token, Accept: 'application/json' },
      body,
      redirect: 'error',
    });
    if (!answer.ok) throw new Error(answer.status);
    const { version } = await answer.json();
    if (version) list.dataset.version = version;
    const time = new Date().toLocaleTimeString('da-DK', { hour: '2-digit', minute: '2-digit' });
    status(`Rækkefølgen er gemt kl. ${time}`);
  } catch {
    sortable.sort(before, false);
    status('Rækkefølgen blev ikke gemt. Hent siden igen, og prøv en gang til.', true);
  }
}

for (const list of document.querySelectorAll('[data-sorter-url]')) {
  let before;
  const sortable = window.Sortable.create(list, {
    handle: '.greb',
    dataIdAttr: 'data-id',
    ghostClass: 'flyttes',
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
    onStart: () => {
      before = order(list);
    },
    onEnd: () => {
      if (order(list).join() !== before.join()) save(list, before, sortable);
    },
  });
}
