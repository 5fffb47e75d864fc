// Reviews by keyboard, and words taken by selecting them. Everything also works by forms and links alone.
(function () {
  'use strict';
  var last = '';  // what was decided, to be said once the next record is there

  function board() { return document.getElementById('board'); }

  // Code points, as the record has them: a text of UTF-16 units is longer where it holds characters beyond the basic plane.
  function points(text) { return Array.from(text).length; }

  function selected() {
    var words = document.getElementById('words'), selection = window.getSelection();
    if (!words || !selection.rangeCount || selection.isCollapsed) return null;
    var range = selection.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
    var before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    var text = range.toString(), lead = text.length - text.replace(/^\s+/, '').length;
    var start = Number(words.dataset.start) + points(before.toString()) + points(text.slice(0, lead));
    text = text.trim();
    return text ? { at: start + '-' + (start + points(text)), words: text } : null;
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (button && button.name === 'choice') last = button.value;
    if (button && button.name === 'verdict') last = 'verdict';
    if (!button || !button.classList.contains('take')) return;
    var found = selected(), field = document.getElementById(button.dataset.for);
    if (!found) { window.onrecord.say('Select words in the report first.'); return; }
    field.value = found.at;
    document.getElementById(field.getAttribute('aria-describedby')).textContent = found.words;
    window.onrecord.say('Taken: ' + found.words);
    field.focus();
  });

  // The first thing with this key that can be seen, or the next where the first has the focus: a link is followed, a button pressed, a field gone to.
  function press(key) {
    var all = Array.prototype.filter.call(board().querySelectorAll('[data-key="' + key + '"]'), function (e) { return e.offsetParent !== null; });
    var found = all[(all.indexOf(document.activeElement) + 1) % all.length];
    if (!found) return false;
    if (found.tagName === 'INPUT' || /^[msd]$/.test(key)) found.focus();
    else found.click();
    return true;
  }

  document.addEventListener('keydown', function (event) {
    if (!board() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var typing = event.target.closest('input:not([type="checkbox"]), select, textarea');
    if (event.key === 'Escape') {
      if (typing) typing.blur();
      else press('Escape');
      return;
    }
    if (typing) return;
    if (event.key === '?') {
      var keys = document.getElementById('keys');
      keys.open = !keys.open;
      if (keys.open) { keys.scrollIntoView({ block: 'nearest' }); keys.querySelector('summary').focus(); }
    } else if (event.key === 'o') {
      var note = document.getElementById('note') || document.getElementById('edit-note');
      if (!note) return;
      note.focus();
    } else if (!/^[jkarcnmsdu]$/.test(event.key) || event.repeat && event.key !== 'j' && event.key !== 'k' || !press(event.key)) return;
    event.preventDefault();
  });

  // The record at hand is read out and has the focus; in a form, its first field or what is wrong with it.
  function arrive(exchanged) {
    if (!board()) return;
    var text = document.getElementById('words'), on = text && text.querySelector('.m.on');
    if (on) text.scrollTop = Math.max(0, on.getBoundingClientRect().top - text.getBoundingClientRect().top - 60);
    var heading = document.getElementById('record-h'), edit = document.getElementById('edit'), wrong = document.getElementById('wrong');
    if (wrong) {
      wrong.tabIndex = -1;
      wrong.focus();
    } else if (edit) {
      edit.querySelector('input:not([type="hidden"]), select').focus({ preventScroll: true });
    } else if (heading && (exchanged || /[?&]record=/.test(location.search))) {
      var said = { accept: 'Accepted. Next: ', reject: 'Rejected. Next: ', agree: 'Settled. Next: ', withdraw: 'Withdrawn. ', verdict: 'Noted. ' }[last] || '';
      heading.focus();
      window.onrecord.say(said + heading.textContent.replace(/\s+/g, ' ').trim());
    }
    last = '';
  }
  document.addEventListener('htmx:afterSettle', function () { arrive(true); });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', function () { arrive(false); });
  else arrive(false);
})();
