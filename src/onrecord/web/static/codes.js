// The meaning of a code where it stands: on pointing, on focus, on touch. Fetched once from /help, kept for the page. Escape closes it.
(function () {
  'use strict';
  var kept = {}, open = null, timer = 0, touched = false;
  var box = document.createElement('div');
  box.className = 'meanings';
  box.id = 'meanings';
  box.setAttribute('role', 'tooltip');
  box.hidden = true;

  function code(node) { return node && node.closest ? node.closest('.code[data-code]') : null; }

  function fetched(name) {
    if (!kept[name]) {
      kept[name] = fetch('/help/' + name.split('/').map(encodeURIComponent).join('/'), { headers: { 'HX-Request': 'true' }, credentials: 'same-origin' })
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); });
      kept[name].catch(function () { delete kept[name]; });
    }
    return kept[name];
  }

  function show(link) {
    if (open === link) return;
    close();
    open = link;
    fetched(link.dataset.code).then(function (piece) {
      if (open !== link) return;
      box.innerHTML = piece; // our own server's page of help, escaped there
      document.body.appendChild(box);
      box.hidden = false;
      place(link);
      link.setAttribute('aria-describedby', 'meanings');
    }, function () { if (open === link) open = null; });
  }

  // Below the code, above it where there is no room; never beyond the window.
  function place(link) {
    var at = link.getBoundingClientRect(), size = box.getBoundingClientRect();
    var left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
    var under = at.bottom + 6;
    var top = under + size.height > innerHeight && at.top > size.height + 6 ? at.top - size.height - 6 : under;
    box.style.left = left + scrollX + 'px';
    box.style.top = top + scrollY + 'px';
  }

  function close() {
    clearTimeout(timer);
    if (open) open.removeAttribute('aria-describedby');
    open = null;
    box.hidden = true;
  }

  function soon(what, wait) {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  }

  document.addEventListener('pointerover', function (event) {
    if (event.pointerType === 'touch') return;
    var link = code(event.target);
    if (link) soon(function () { show(link); }, open ? 0 : 180);
    else if (box.contains(event.target)) clearTimeout(timer);
    else if (open && document.activeElement !== open) soon(close, 250);
  });
  document.addEventListener('focusin', function (event) {
    var link = code(event.target);
    if (link) show(link);
    else if (open && !box.contains(event.target)) close();
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && open) { close(); event.stopPropagation(); }
  }, true);
  // On a touch screen the first touch shows the meaning, the second follows the link.
  document.addEventListener('pointerdown', function (event) { touched = event.pointerType === 'touch'; }, true);
  document.addEventListener('click', function (event) {
    var link = code(event.target);
    if (link && touched && box.dataset.shown !== link.dataset.code) {
      event.preventDefault();
      box.dataset.shown = link.dataset.code;
      show(link);
    } else if (!link && open && !box.contains(event.target)) close();
    if (!link) delete box.dataset.shown;
  }, true);
  addEventListener('scroll', function () { if (open && !box.hidden) place(open); }, { passive: true });
})();
