// The chart of the timeline: stacked bars of records by kind. A span that is dragged, typed or stepped through fills since and until, and the list follows.
(function () {
  'use strict';
  var c = window.charts, desk = window.onrecord;
  var KINDS = ['statement', 'event', 'position', 'relation'];
  var PATTERNS = { event: 'dots', position: 'rising', relation: 'falling' };
  var stage = document.getElementById('course'), form = document.getElementById('asking');
  var before = document.getElementById('before'), behind = document.getElementById('behind'), whole = document.getElementById('whole');
  var canvas, chart, answer, url;

  function field(name) { return form.elements.namedItem(name); }
  function found() { return document.getElementById('found'); }

  // The span that is asked for, in milliseconds; null where it is all time.
  function span() {
    var since = c.begins(field('since').value.trim()), until = c.ends(field('until').value.trim());
    if (isNaN(since) && isNaN(until)) return null;
    return [isNaN(since) ? answer.first : since, isNaN(until) ? answer.last : until];
  }

  function choose(since, until) {
    field('since').value = since;
    field('until').value = until;
    window.htmx.trigger(form, 'submit');
  }

  function load() {
    var wanted = found().dataset.chart;
    if (wanted === url) { mark(); return; }
    url = wanted;
    if (!chart) c.tell(stage, 'loading', 'Counting the records …');
    c.get(stage, url, function (how) { c.tell(stage, 'loading', 'Counting the records for the first time; this can take a while … ' + how); }).then(show, function (error) { c.failed(stage, error); });
  }

  function show(got) {
    var by = new Map();
    got.rows.forEach(function (row) {
      var at = by.get(row[0]) || { since: row[0], until: row[1], all: 0 };
      at[row[2]] = row[3];
      at.all += row[3];
      by.set(row[0], at);
    });
    var bars = Array.from(by.values());
    answer = { bars: bars, loose: got.loose, period: got.period, fresh: got.fresh, at: got.at };
    if (!bars.length) {
      if (chart) { chart.dispose(); chart = null; canvas.remove(); }
      c.tell(stage, 'empty', got.loose ? 'None of these records has so exact a date.' : 'No record meets this.', 'Take a filter away, or choose longer bars.');
      steps();
      return;
    }
    answer.first = c.begins(bars[0].since);
    answer.last = c.ends(bars[bars.length - 1].until);
    c.tell(stage, '');
    draw(true);
    table();
    mark();
  }

  // The window that is looked at first: all time, or without the few records that lie far off where most of it would be empty.
  function usual() {
    var total = answer.bars.reduce(function (sum, bar) { return sum + bar.all; }, 0), sum = 0, first, last, chosen = span();
    answer.bars.forEach(function (bar) {
      if (sum <= total * 0.02) first = c.begins(bar.since);
      sum += bar.all;
      if (last === undefined && sum >= total * 0.99) last = c.ends(bar.until);
    });
    if (last - first > (answer.last - answer.first) / 2) { first = answer.first; last = answer.last; }
    return chosen ? [Math.min(first, chosen[0]), Math.max(last, chosen[1])] : [first, last];
  }

  function draw(anew) {
    var colour = desk.colour, soft = colour('soft'), line = colour('line'), ink = colour('ink');
    if (!chart) {
      canvas = c.make('div', 'canvas');
      stage.append(canvas);
      canvas.setAttribute('role', 'img');
      chart = window.echarts.init(canvas, null, { renderer: 'canvas' });
      chart.on('brushEnd', dragged);
      window.addEventListener('resize', function () { if (chart) chart.resize(); });
    }
    canvas.setAttribute('aria-label', 'Records by ' + answer.period + ' from ' + c.day(answer.first) + ' to ' + c.day(answer.last) + '; the same as a table below.');
    var narrow = stage.clientWidth < 500, look = anew ? usual() : null;
    chart.setOption({
      animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
      aria: { enabled: false, decal: { show: false } },
      legend: { top: 6, textStyle: { color: ink, fontSize: narrow ? 11 : 12 }, inactiveColor: soft, itemGap: narrow ? 7 : 16, itemWidth: narrow ? 12 : 25, padding: 2, data: KINDS.filter(used) },
      grid: { left: narrow ? 44 : 56, right: 16, top: 40, bottom: 74 },
      xAxis: { type: 'time', axisLine: { lineStyle: { color: soft } }, axisLabel: { color: soft, hideOverlap: true }, splitLine: { show: false }, min: answer.first, max: answer.last, useUTC: true },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: soft }, splitLine: { lineStyle: { color: line } }, name: narrow ? '' : 'records', nameTextStyle: { color: soft, align: 'right' } },
      useUTC: true,
      tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, backgroundColor: colour('raised'), borderColor: soft, textStyle: { color: ink }, formatter: tip, confine: true },
      brush: { xAxisIndex: 0, brushType: 'lineX', brushMode: 'single', transformable: true, throttleType: 'debounce', throttleDelay: 200, outOfBrush: { colorAlpha: 0.35 }, brushStyle: { color: 'rgba(128,128,128,0.18)', borderColor: ink, borderWidth: 1 } },
      toolbox: { show: false },
      dataZoom: [
        Object.assign({ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, moveOnMouseWheel: false, filterMode: 'filter' }, look ? { startValue: look[0], endValue: look[1] } : {}),
        Object.assign({ type: 'slider', height: 26, bottom: 12, borderColor: line, fillerColor: 'rgba(128,128,128,0.2)', textStyle: { color: soft }, dataBackground: { lineStyle: { color: soft }, areaStyle: { color: line } }, handleStyle: { color: colour('panel'), borderColor: ink }, brushSelect: false, labelFormatter: function (value) { return c.day(value); } }, look ? { startValue: look[0], endValue: look[1] } : {})
      ],
      series: KINDS.filter(used).map(function (kind) {
        return {
          name: kind, type: 'bar', stack: 'all', barMinWidth: 2, barMaxWidth: 40, itemStyle: { color: colour(kind), decal: decal(kind) }, large: false,
          data: answer.bars.map(function (bar) { return { value: [middle(bar), bar[kind] || 0], bar: bar }; })  // all: bars are stacked by their number
        };
      })
    }, anew);
    chart.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: 'lineX', brushMode: 'single' } });
  }

  function used(kind) { return answer.bars.some(function (bar) { return bar[kind]; }); }
  function middle(bar) { return (c.begins(bar.since) + c.ends(bar.until)) / 2; }
  // Kinds differ in pattern too, for eyes that tell colours badly.
  function decal(kind) {
    var shape = PATTERNS[kind], colour = desk.dark() ? 'rgba(0,0,0,0.35)' : 'rgba(255,255,255,0.4)';
    if (!shape) return null;
    if (shape === 'dots') return { symbol: 'circle', symbolSize: 0.6, color: colour, dashArrayX: [[5, 5]], dashArrayY: [5, 5] };
    return { symbol: 'rect', color: colour, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: shape === 'rising' ? -Math.PI / 4 : Math.PI / 4 };
  }

  function tip(series) {
    var bar = series.length && series[0].data.bar;
    if (!bar) return '';
    return [bar.since === bar.until ? bar.since : bar.since + ' to ' + bar.until].concat(series.map(function (one) { return one.marker + ' ' + one.seriesName + ' ' + c.number(one.data.value[1]); }), ['all ' + c.number(bar.all)]).join('\n');
  }

  // A span that was dragged: the bars in it; where there is none, its days.
  function dragged(event) {
    var area = event.areas && event.areas[0];
    if (!area) { if (span()) choose('', ''); return; }
    var from = area.coordRange[0], to = area.coordRange[1];
    var inside = answer.bars.filter(function (bar) { var at = middle(bar); return from <= at && at <= to; });
    if (inside.length) choose(inside[0].since, inside[inside.length - 1].until);
    else choose(c.day(from), c.day(to));
  }

  function mark() {
    if (!answer || !answer.bars.length) return;
    var chosen = span();
    if (chart) chart.dispatchAction({ type: 'brush', areas: chosen ? [{ brushType: 'lineX', xAxisIndex: 0, coordRange: chosen }] : [] });
    var inside = answer.bars.filter(function (bar) { return !chosen || (c.ends(bar.until) >= chosen[0] && c.begins(bar.since) <= chosen[1]); });
    var count = inside.reduce(function (sum, bar) { return sum + bar.all; }, 0);
    document.getElementById('shown').textContent = c.many(count, 'record') + ' in ' + c.many(inside.length, answer.period) +
      (answer.loose ? '; ' + c.number(answer.loose) + ' more not dated within one ' + answer.period : '') + (answer.fresh ? '' : ' (as of ' + answer.at + ')');
    steps();
  }

  function steps() {
    var any = Boolean(answer && answer.bars.length), chosen = any && span();
    before.disabled = !any || Boolean(chosen && chosen[0] <= answer.first);
    behind.disabled = !any || Boolean(chosen && chosen[1] >= answer.last);
    whole.disabled = !chosen;
  }

  // One span on: by the bars where whole bars are chosen, else by as many days; from all time, to the last or the first bar.
  function step(way) {
    var bars = answer.bars, chosen = span();
    if (!chosen) { var end = way < 0 ? bars[bars.length - 1] : bars[0]; choose(end.since, end.until); return; }
    var length = chosen[1] - chosen[0] + 1;
    var inside = bars.filter(function (bar) { return c.begins(bar.since) >= chosen[0] && c.ends(bar.until) <= chosen[1]; });
    if (inside.length === 1) {
      var at = bars.indexOf(inside[0]) + way;
      if (bars[at]) choose(bars[at].since, bars[at].until);
      return;
    }
    choose(c.day(chosen[0] + way * length), c.day(chosen[1] + way * length));
  }

  function table() {
    var place = document.querySelector('#as-table > div');
    var fill = function () {
      var kinds = KINDS.filter(used);
      place.replaceChildren(c.table('Records by ' + answer.period, ['from', 'to'].concat(kinds, ['all']), answer.bars.slice(0, 2000).map(function (bar) {
        return [bar.since, bar.until].concat(kinds.map(function (kind) { return bar[kind] || 0; }), [bar.all]);
      })));
    };
    place.parentElement.ontoggle = fill;
    if (place.parentElement.open) fill();
  }

  before.addEventListener('click', function () { step(-1); });
  behind.addEventListener('click', function () { step(1); });
  whole.addEventListener('click', function () { choose('', ''); });
  document.addEventListener('htmx:afterSettle', load);
  c.whenColoursChange(function () {
    if (!chart) return;
    draw(false);
    mark();
    chart.getZr().flush();
  });
  load();
})();
