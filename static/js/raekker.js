// "Tilføj række" in a table of rows (Django formset): copies the empty row and counts it in.
for (const knap of document.querySelectorAll('[data-tilfoej-raekke]')) {
  const prefix = knap.dataset.tilfoejRaekke;
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const skabelon = document.getElementById(`${prefix}-tom-raekke`);
  knap.hidden = false;
  knap.addEventListener('click', () => {
    const nummer = Number(total.value);
    const html = skabelon.innerHTML
      .replaceAll('__prefix__', nummer)
      .replaceAll('__nummer__', nummer + 1);
    const krop = skabelon.previousElementSibling.tBodies[0];
    krop.insertAdjacentHTML('beforeend', html);
    total.value = nummer + 1;
    krop.lastElementChild.querySelector('input:not([type=hidden]), select, textarea').focus();
  });
}
