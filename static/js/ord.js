// Words that are explained on tap. Without this they lead to the page of words.
const box = document.createElement('div');
box.className = 'ord-forklaring';
box.id = 'ord-forklaring';
box.popover = 'auto';
box.setAttribute('role', 'status');

function show(link) {
  const text = document.createElement('p');
  text.textContent = link.dataset.ord;
  const more = document.createElement('a');
  more.href = link.href;
  more.textContent = 'Alle ord';
  box.replaceChildren(text, more);
  link.after(box);
  box.showPopover();
  const { left, top, bottom } = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const right = document.documentElement.clientWidth - width - 8;
  const fits = bottom + height + 6 < innerHeight || top < height + 6;
  box.style.left = `${scrollX + Math.max(8, Math.min(left, right))}px`;
  box.style.top = `${scrollY + (fits ? bottom + 6 : top - height - 6)}px`;
}

for (const link of document.querySelectorAll('a.ord')) {
  link.setAttribute('role', 'button');
  link.addEventListener('keydown', (event) => {
    if (event.key === ' ') {
      event.preventDefault();
      link.click();
    }
  });
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !box.showPopover) return;
    event.preventDefault();
    if (box.matches(':popover-open') && box.previousElementSibling === link) box.hidePopover();
    else show(link);
  });
}
