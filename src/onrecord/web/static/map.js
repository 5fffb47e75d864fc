// The map: circles for places, by the number of events, on Natural Earth's shapes. Disputed areas are hatched. The table beneath says the same.
(function () {
  'use strict';
  var c = window.charts, d3 = window.d3, topojson = window.topojson;
  var WIDE = 960, HIGH = 500, CLOSEST = 24, NAMED = 4, BIGGEST = 24, LEAST = 3, FULL = 30, MOST = 0.6, LABELLED = 10, SVG = 'http://www.w3.org/2000/svg';
  var stage = document.getElementById('map');
  if (!stage) return;
  var about = document.getElementById('about'), hello = Array.from(about.childNodes);
  var svg, view, pattern, circles = [], marks = [], at = { k: 1, x: 0, y: 0 }, projection, chosen = -1;

  function node(name, attributes, text) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  function json(url) { return fetch(url).then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); }); }

  function begin() {
    var world = Promise.all([json(stage.dataset.world), json(stage.dataset.disputed)]).then(function (got) { draw(got[0], got[1].areas); });
    var places = c.get(stage, stage.dataset.url, function (how) { document.getElementById('shown').textContent = 'The places are being worked out for the first time; this can take a while … ' + how; });
    Promise.all([world, places]).then(function (got) { show(got[1]); }).catch(function (error) { c.failed(stage, error); });
  }

  // The world. d3 cuts shapes at the date line, so that none is drawn across the map.
  function draw(atlas, areas) {
    var countries = topojson.feature(atlas, atlas.objects.countries).features;
    var shapes = new Map(areas.filter(function (a) { return a.shape; }).map(function (a) { return [a.shape, a]; }));
    var disputed = function (shape) { return shapes.has(shape.properties.name); };
    projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDE - 4, HIGH - 4]], { type: 'Sphere' });
    var path = d3.geoPath(projection).digits(1);
    svg = node('svg', { viewBox: '0 0 ' + WIDE + ' ' + HIGH, class: 'world', tabindex: '0', role: 'group', 'aria-label': 'Map of the world. Arrows move it, plus and minus zoom, 0 shows all.' });
    var defs = node('defs');
    pattern = node('pattern', { id: 'hatching', width: 4, height: 4, patternUnits: 'userSpaceOnUse' });
    pattern.append(node('rect', { width: 4, height: 4, class: 'land' }), node('line', { x1: 1, y1: 0, x2: 1, y2: 4, class: 'hatch' }));
    defs.append(pattern);
    view = node('g', {});
    view.append(node('path', { d: path({ type: 'Sphere' }), class: 'sea' }), node('path', { d: path(d3.geoGraticule10()), class: 'graticule' }));
    view.append(node('path', { d: path(topojson.merge(atlas, atlas.objects.countries.geometries)), class: 'land' }));
    countries.filter(disputed).forEach(function (shape) {
      var drawn = node('path', { d: path(shape), class: 'contested' });
      drawn.append(node('title', {}, titled(shapes.get(shape.properties.name))));
      view.append(drawn);
      var middle = path.centroid(shape);
      marks.push({ x: middle[0], y: middle[1], name: named(shapes.get(shape.properties.name)) });
    });
    var borders = function (which) { return path(topojson.mesh(atlas, atlas.objects.countries, function (a, b) { return a !== b && (disputed(a) || disputed(b)) === which; })); };
    view.append(node('path', { d: borders(false), class: 'border' }), node('path', { d: borders(true), class: 'border broken' }));
    areas.filter(function (a) { return a.at; }).forEach(function (area) {
      var p = projection(area.at), mark = node('path', { class: 'mark' });
      mark.append(node('title', {}, titled(area)));
      view.append(mark);
      marks.push({ mark: mark, x: p[0], y: p[1], name: named(area) });
    });
    marks.forEach(function (one) { view.append(one.name); });
    svg.append(defs, view);
    stage.append(svg);
    c.tell(stage, '');
    listed(areas, countries);
    pannable();
    move();
  }

  function named(area) { return node('text', { class: 'area-name', 'aria-hidden': 'true' }, area.name.split(/ [/(]/)[0] + ' (disputed)'); }
  function titled(area) { return area.name + ': disputed between ' + area.between.join(', '); }

  // How the shapes show each disputed area is looked up in them when the list is opened, not written down.
  function listed(areas, countries) {
    var place = document.getElementById('areas');
    place.parentElement.addEventListener('toggle', function () {
      if (place.childNodes.length) return;
      place.append(c.table('As the knowledge base has them; not complete', ['area', 'disputed between', 'how the shapes show it'], areas.map(function (area) {
        var within = area.at && countries.find(function (shape) { return d3.geoContains(shape, area.at); });
        return [area.name, area.between.join(', '), area.shape ? 'as a shape of its own' : within ? 'within “' + within.properties.name + '”' : 'not at all'];
      })));
    });
  }

  function show(got) {
    said(got);
    var most = got.places.reduce(function (top, place) { return Math.max(top, place.events); }, FULL);
    var crowd = 1 + Math.log10(1 + got.places.length) / 3;  // the more there are, the smaller
    var group = node('g', { class: 'places', role: 'group', 'aria-label': 'Places, the one with the most events first; arrows lead from one to the next.' });
    view.append(group);
    circles = got.places.map(function (place, number) {
      var p = projection([place.lon, place.lat]), vague = place.precision === 'country' || place.precision === 'region';
      var circle = node('circle', { class: 'place ' + tone(place) + (vague ? ' vague' : ''), cx: p[0], cy: p[1], tabindex: number ? '-1' : '0', role: 'button', 'aria-label': place.place + ', ' + c.many(place.events, 'event') });
      circle.addEventListener('pointerenter', function () { if (chosen < 0) point(number); });
      circle.addEventListener('pointerleave', function () { if (chosen < 0) plain(); });
      circle.addEventListener('focus', function () { rove(number); point(number); });
      circle.addEventListener('click', function (event) { event.stopPropagation(); choose(number); });
      circle.addEventListener('keydown', function (event) { key(event, number); });
      return { circle: circle, place: place, r: Math.max(LEAST, BIGGEST / crowd * Math.sqrt(place.events / most)), x: p[0], y: p[1] };
    });
    circles.forEach(function (one) { group.append(one.circle); });  // the small ones lie on the big ones
    circles.slice(0, LABELLED).forEach(function (one) {
      one.label = node('text', { class: 'place-name', x: one.x, y: one.y, 'aria-hidden': 'true' }, one.place.place);
      group.append(one.label);
    });
    if (!circles.length) {
      var note = node('text', { x: WIDE / 2, y: HIGH - 40, class: 'none', 'text-anchor': 'middle' }, got.events ? 'None of these events has a place that is known.' : 'No event meets this.');
      svg.append(note);
    }
    tables(got);
    move();
  }

  function tone(of) { return of.conflict !== null && of.conflict >= MOST ? 'conflict' : of.cooperation !== null && of.cooperation >= MOST ? 'cooperation' : 'mixed'; }

  function said(got) {
    var elsewhere = got.unknown.reduce(function (sum, one) { return sum + one[1]; }, 0);
    document.getElementById('shown').textContent = c.number(got.on_map) + ' of ' + c.many(got.events, 'event') + ' have a place on the map; ' + c.number(got.nowhere) + ' name no place' +
      (elsewhere ? ', ' + c.number(elsewhere) + ' one whose position is not known' : '') + '. Showing ' + c.number(got.places.length) + ' of ' + c.many(got.places_total, 'place') + (got.fresh ? '.' : ' (as of ' + got.at + ').');
  }

  function share(value) { return value === null ? 'unknown' : Math.round(100 * value) + '\u00a0%'; }

  function point(number) {
    var place = circles[number].place, types = c.make('span'), words = c.make('blockquote'), q = c.make('q', 'words'), list = c.make('dl', 'facts');
    circles.forEach(function (one, n) { one.circle.classList.toggle('marked', n === number); });
    place.type.forEach(function (code, n) { var a = c.link('/help/' + encodeURIComponent(code), code); a.className = 'code'; a.dataset.code = code; types.append(n ? ', ' : '', a); });
    q.append(c.link('/records/' + place.id, place.words));
    words.append(q);
    [['where', [place.country, place.precision && place.precision !== 'city' ? place.precision + ' as a whole' : ''].filter(Boolean).join(', ')], ['events', c.number(place.events)], ['told by', c.many(place.mentions, 'record') + ' in ' + c.many(place.documents, 'independent report')],
      ['mostly', types], ['cooperation', share(place.cooperation)], ['conflict', share(place.conflict)], ['first and last', place.since ? place.since + ' to ' + place.until : 'unknown']].forEach(function (pair) {
      var dd = c.make('dd');
      dd.append(pair[1]);
      list.append(c.make('dt', '', pair[0]), dd);
    });
    var more = c.make('p');
    more.append(c.link(c.address('/search', { text: '"' + place.place.replace(/"/g, '') + '"', view: 'events' }), 'Events whose words name it'));
    about.replaceChildren(c.make('h3', '', place.place), list, words, c.make('p', 'meta', [place.date, place.publisher].filter(Boolean).join(' · ')), more);
  }

  function plain() {
    chosen = -1;
    circles.forEach(function (one) { one.circle.classList.remove('marked'); });
    about.replaceChildren.apply(about, hello);
  }

  // The latest events of a place, beneath the map.
  function choose(number, quiet) {
    var place = circles[number].place, head = document.getElementById('h-latest');
    chosen = number;
    point(number);
    document.getElementById('latest-at').hidden = false;
    head.textContent = place.events > place.latest.length ? 'The latest ' + place.latest.length + ' of ' + c.many(place.events, 'event') + ' in ' + place.place : 'Events in ' + place.place;
    window.htmx.ajax('GET', c.address('/map/latest', { ids: place.latest.join(',') }), { target: '#latest', swap: 'innerHTML' });
    if (!quiet) head.focus();
  }

  function rove(number) { circles.forEach(function (one, n) { one.circle.setAttribute('tabindex', n === number ? '0' : '-1'); }); }

  function key(event, number) {
    var next = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (next && circles[number + next]) circles[number + next].circle.focus();
    else if (event.key === 'Enter' || event.key === ' ') choose(number);
    else if (event.key === 'Escape') plain();
    else if (!next) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function tables(got) {
    document.getElementById('drawn').replaceChildren(got.places.length ? c.table('The places that are drawn', ['place', 'country', 'events', 'reports', 'conflict', 'first', 'last', 'for example'], got.places.map(function (place, number) {
      var button = c.make('button', 'plain', place.place), words = c.make('q', 'words');
      button.type = 'button';
      button.addEventListener('click', function () { choose(number); centre(number); });
      words.append(c.link('/records/' + place.id, place.words));
      return [button, place.country || '', place.events, place.documents, place.conflict === null ? '' : share(place.conflict), place.since || '', place.until || '', words];
    })) : c.make('p', 'empty', 'No place to list.'));
    var unknown = document.getElementById('elsewhere');
    unknown.replaceChildren();
    if (got.unknown.length) unknown.append(c.make('p', 'meta', 'Named, but not found on the map: ' + got.unknown.map(function (one) { return one[0] + ' (' + c.number(one[1]) + ')'; }).join(', ') + '.'));
  }

  // Zoom and pan: the whole group is moved; circles, marks and letters keep their size.
  function move() {
    var px = WIDE / (svg.clientWidth || WIDE);  // the map's own measure of a pixel
    at.k = Math.min(CLOSEST, Math.max(1, at.k));
    at.x = Math.min(0, Math.max(WIDE * (1 - at.k), at.x));
    at.y = Math.min(0, Math.max(HIGH * (1 - at.k), at.y));
    view.setAttribute('transform', 'translate(' + at.x + ' ' + at.y + ') scale(' + at.k + ')');
    pattern.setAttribute('patternTransform', 'rotate(45) scale(' + px / at.k + ')');
    svg.classList.toggle('near', at.k > 1);
    svg.classList.toggle('close', at.k >= NAMED);
    var grown = Math.pow(at.k, 0.8);
    circles.forEach(function (one) {
      one.circle.setAttribute('r', one.r * Math.max(1, px / 2.4) / grown);
      if (one.label) { one.label.setAttribute('font-size', 11 * px / at.k); one.label.setAttribute('y', one.y - one.r * Math.max(1, px / 2.4) / grown - 3 * px / at.k); }
    });
    clash(px);
    marks.forEach(function (one) {
      var d = 3.5 * px / at.k;
      one.name.setAttribute('font-size', 10.5 * px / at.k);
      one.name.setAttribute('x', one.x);
      one.name.setAttribute('y', one.y + 15 * px / at.k);
      if (one.mark) one.mark.setAttribute('d', 'M' + one.x + ' ' + (one.y - d) + 'l' + d + ' ' + d + 'l' + -d + ' ' + d + 'l' + -d + ' ' + -d + 'z');
    });
  }

  // A name that would lie on another one is not shown.
  function clash(px) {
    var taken = [];
    circles.forEach(function (one) {
      if (!one.label) return;
      var size = 11 * px / at.k, wide = one.place.place.length * size * 0.6, y = Number(one.label.getAttribute('y'));
      var box = [one.x - wide / 2, y - size, one.x + wide / 2, y];
      var free = taken.every(function (other) { return box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]; });
      one.label.setAttribute('visibility', free ? 'visible' : 'hidden');
      if (free) taken.push(box);
    });
  }

  function zoom(by, x, y) {
    var before = at.k, px = x === undefined ? WIDE / 2 : x, py = y === undefined ? HIGH / 2 : y;
    at.k = Math.min(CLOSEST, Math.max(1, at.k * by));
    at.x = px - (px - at.x) * at.k / before;
    at.y = py - (py - at.y) * at.k / before;
    move();
  }

  function centre(number) {
    at.k = Math.max(at.k, 4);
    at.x = WIDE / 2 - circles[number].x * at.k;
    at.y = HIGH / 2 - circles[number].y * at.k;
    move();
  }

  // Where in the map's own measure an event is.
  function where(event) {
    var box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) * WIDE / box.width, (event.clientY - box.top) * HIGH / box.height];
  }

  function pannable() {
    var held = null;
    svg.addEventListener('wheel', function (event) {  // the page scrolls, unless the map has the focus or Ctrl is held
      if (!event.ctrlKey && !svg.contains(document.activeElement)) return;
      event.preventDefault();
      var p = where(event);
      zoom(event.deltaY < 0 ? 1.25 : 0.8, p[0], p[1]);
    }, { passive: false });
    svg.addEventListener('pointerdown', function (event) { if (event.button === 0) held = where(event); });
    svg.addEventListener('pointermove', function (event) {
      if (!held || !(event.buttons & 1)) { held = null; return; }
      var p = where(event);
      if (!svg.hasPointerCapture(event.pointerId) && Math.hypot(p[0] - held[0], p[1] - held[1]) > 3) svg.setPointerCapture(event.pointerId);
      at.x += p[0] - held[0];
      at.y += p[1] - held[1];
      held = p;
      move();
    });
    svg.addEventListener('pointerup', function () { held = null; });
    svg.addEventListener('pointercancel', function () { held = null; });
    svg.addEventListener('click', function (event) { if (!event.target.classList.contains('place')) plain(); });
    svg.addEventListener('keydown', function (event) {
      var step = 60, way = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
      if (way) { at.x += way[0]; at.y += way[1]; move(); }
      else if (event.key === '+' || event.key === '=') zoom(1.5);
      else if (event.key === '-') zoom(1 / 1.5);
      else if (event.key === '0') { at = { k: 1, x: 0, y: 0 }; move(); }
      else return;
      event.preventDefault();
    });
    document.getElementById('closer').addEventListener('click', function () { zoom(1.6); });
    document.getElementById('farther').addEventListener('click', function () { zoom(1 / 1.6); });
    document.getElementById('fit').addEventListener('click', function () { at = { k: 1, x: 0, y: 0 }; move(); });
    window.addEventListener('resize', move);
  }

  begin();
})();
