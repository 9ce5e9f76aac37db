/* Charts of a dashboard, drawn from the tables of the page, which stay: the library is fetched only where there is
   something to draw, and nothing is lost without it. Colors are those of the page's styles. */
"use strict";
(() => {
  const script = document.currentScript;
  const tables = [...document.querySelectorAll("table[data-chart]")];
  const words = script.dataset;
  const charts = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);
  const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

  /* Km east and north in the plane of the resource map, or null. */
  const spot = (told) => (told ? told.split(",").map(Number) : null);

  /* A table as names of rows and columns and numbers; null where the reader is not told. */
  function read(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells].slice(1);
    return {
      columns: heads.map(text).map(capital),
      rows: rows.map((row) => capital(text(row.cells[0]))),
      values: rows.map((row) => [...row.cells].slice(1).filter((cell) => "value" in cell.dataset)
        .map((cell) => (cell.dataset.value === "" ? null : Number(cell.dataset.value)))),
      spots: rows.map((row) => spot(row.cells[0].dataset.spot)),
      around: (table.dataset.around || "").split(" ").map(spot).filter(Boolean),
    };
  }

  const palette = () => ["--main", "--unmet", "--met", "--strong", "--line-strong"].map(color);
  const axis = () => ({
    axisLabel: { color: color("--text") },
    axisLine: { lineStyle: { color: color("--line-strong") } },
    splitLine: { lineStyle: { color: color("--line") } },
    nameTextStyle: { color: color("--quiet") },
  });

  /* Sums of money would flatten all counts: they have an axis of their own. */
  const isMoney = (values, place) => Math.max(...values.map((row) => row[place] ?? 0)) >= 1e5;

  const options = {
    trend({ rows, columns, values }) {
      const series = columns.map((name, place) => ({
        name, type: "line", symbolSize: 7, yAxisIndex: isMoney(values, place) ? 1 : 0, lineStyle: { type: isMoney(values, place) ? "dashed" : "solid" },
        data: values.map((row) => row[place]),
      }));
      return {
        legend: { type: "scroll", top: 8, left: 8, bottom: "auto", textStyle: { color: color("--text") } },
        grid: { left: 8, right: 8, top: 56, bottom: 8, containLabel: true },
        xAxis: { type: "category", data: rows, ...axis() },
        yAxis: [{ type: "value", minInterval: 1, ...axis() }, { type: "value", ...axis(), splitLine: { show: false }, axisLabel: { color: color("--text"), formatter: short } }],
        series,
      };
    },
    /* Steps in their order from one baseline, each with what it is of the step before: a later one may be larger. */
    funnel({ rows, columns, values }) {
      const narrow = innerWidth < 600;
      const rate = (number) => (narrow ? `${number}%` : words.language === "en" ? `${number}% ${columns[1]}` : `${columns[1]} ${number}%`);
      const names = rows.map((name, place) => (values[place][1] === null ? name : `${name}\n↳ ${rate(values[place][1])}`));
      return {
        grid: { left: 8, right: 72, top: 12, bottom: 12, containLabel: true },
        xAxis: { type: "value", show: false, min: 0 },
        yAxis: { type: "category", data: names, inverse: true, ...axis(), axisTick: { show: false }, axisLabel: { color: color("--text"), interval: 0, lineHeight: 18, width: narrow ? 150 : 280, overflow: "break" } },
        series: [{
          type: "bar", barMaxWidth: 36, data: values.map((row) => row[0]),
          label: { show: true, position: "right", color: color("--strong"), formatter: ({ value }) => value.toLocaleString() },
        }],
      };
    },
    flow({ rows, columns, values }) {
      const links = values.flatMap((row, from) => row.map((value, to) => ({ source: `${rows[from]} →`, target: `→ ${columns[to]}`, value })))
        .filter((link) => link.value);
      const names = new Set(links.flatMap((link) => [link.source, link.target]));
      return {
        series: [{
          type: "sankey", left: 8, right: 164, top: 12, bottom: 12, data: [...names].map((name) => ({ name })), links,
          label: { color: color("--text"), width: 152, overflow: "truncate" }, lineStyle: { color: "source", opacity: 0.35 }, draggable: false,
        }],
      };
    },
    /* Flows where they are: places at their spots, an arc from each seller to its buyer. There and back bend to either
       side; all other places are quiet points, for no boundary is drawn. */
    arcs({ rows, values, spots, around }, { width, height }) {
      const sizes = rows.map((_, place) => values.reduce((sum, row, from) => sum + (from === place ? 0 : row[place] ?? 0), 0)
        + values[place].reduce((sum, value) => sum + (value ?? 0), 0));
      const most = Math.max(...sizes, 1);
      const here = rows.map((name, place) => ({ name, spot: spots[place], radius: 4 + 10 * Math.sqrt(sizes[place] / most) }));
      const { axes, km } = frame(here.filter((one) => one.spot).map((one) => one.spot), width, height);
      const flows = values.flatMap((row, from) => row.map((value, to) => ({ from: here[from], to: here[to], value })))
        .filter(({ from, to, value }) => value && from !== to && from.spot && to.spot);
      const strongest = Math.max(...flows.map((flow) => flow.value), 1);
      return {
        ...axes,
        series: [
          { type: "scatter", silent: true, symbolSize: 4, itemStyle: { color: color("--line-strong"), opacity: 0.6 }, data: around },
          {
            type: "lines", coordinateSystem: "cartesian2d", symbol: ["none", "arrow"], silent: true, clip: false,
            lineStyle: { color: color("--unmet"), opacity: 0.7, curveness: 0.18 },
            data: flows.map(({ from, to, value }) => ({
              coords: [from.spot, before(from.spot, to.spot, (to.radius + 2) * km)],
              symbolSize: 6 + 5 * Math.sqrt(value / strongest), lineStyle: { width: 0.75 + 6 * Math.sqrt(value / strongest) },
            })),
          },
          {
            type: "scatter", silent: true, itemStyle: { color: color("--main"), opacity: 1, borderColor: color("--sheet"), borderWidth: 1 },
            label: { show: true, position: "right", formatter: "{b}", color: color("--strong"), textBorderColor: color("--sheet"), textBorderWidth: 3 },
            labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
            data: here.filter((one) => one.spot).map((one) => ({
              name: one.name, value: one.spot, symbolSize: 2 * one.radius, label: { position: one.spot[0] > axes.xAxis.middle ? "left" : "right" },
            })),
          },
        ],
      };
    },
    gaps({ rows, columns, values }) {
      const shown = [...columns.keys()].filter((place) => values.some((row) => row[place]));
      return {
        legend: { top: 8, left: 8, bottom: "auto", textStyle: { color: color("--text") } },
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        xAxis: { type: "value", minInterval: 1, ...axis() },
        yAxis: { type: "category", data: rows, inverse: true, ...axis(), axisLabel: { color: color("--text"), width: 180, overflow: "truncate" } },
        series: shown.map((place) => ({ name: columns[place], type: "bar", barMaxWidth: 16, data: values.map((row) => row[place]) })),
      };
    },
  };

  /* Hidden axes on which a km is as long in both directions and all spots, with room for their names, are seen. */
  function frame(spots, width, height) {
    const ends = [0, 1].map((axis) => [Math.min(...spots.map((one) => one[axis])), Math.max(...spots.map((one) => one[axis]))]);
    const room = [Math.max(width - 200, 120), Math.max(height - 96, 120)];
    const km = Math.max(0.5, ...ends.map(([least, most], axis) => (most - least) / room[axis]));
    const [xAxis, yAxis] = ends.map(([least, most], axis) => {
      const middle = (least + most) / 2;
      const half = ([width, height][axis] * km) / 2;
      return { type: "value", show: false, min: middle - half, max: middle + half, middle };
    });
    return { axes: { grid: { left: 0, right: 0, top: 0, bottom: 0 }, xAxis, yAxis }, km };
  }

  /* The point so many km before the end of a way. */
  function before(start, end, km) {
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
    return end.map((one, axis) => one - ((one - start[axis]) / length) * Math.min(km, length / 2));
  }

  /* Bars of many fields stay thick enough to be compared. */
  const height = (kind, told) => (kind === "gaps" ? `max(20rem, ${told.rows.length * 2 + 4}rem)` : "");

  function short(value) {
    if (words.language === "en") return new Intl.NumberFormat("en", { notation: "compact" }).format(value);
    return value >= 1e8 ? `${value / 1e8}亿` : value >= 1e4 ? `${value / 1e4}万` : String(value);
  }

  function option(kind, told, size) {
    return { color: palette(), animation: false, backgroundColor: color("--sheet"), textStyle: { fontFamily: color("--sans") }, ...options[kind](told, size) };
  }

  const sizeOf = (chart) => ({ width: chart.getWidth(), height: chart.getHeight() });

  function save(kind, form) {
    const { chart, told } = charts.find((one) => one.kind === kind);
    let address = "";
    if (form === "png") {
      address = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: color("--sheet") });
    } else {
      const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, ...sizeOf(chart) });
      drawn.setOption(option(kind, told, sizeOf(chart)));
      address = URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" }));
      drawn.dispose();
    }
    const link = document.createElement("a");
    link.href = address;
    link.download = `${document.title.split(" - ")[0].trim().replace(/\s+/g, "-")}-${kind}.${form}`;
    link.click();
  }

  function button(kind, form) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = words[form];
    made.addEventListener("click", () => save(kind, form));
    return made;
  }

  /* The picture stands above its table and says that the numbers stand there. */
  function draw(table) {
    const told = read(table);
    if (!told.values.some((row) => row.some((value) => value))) return;
    table.dataset.chart.split(" ").filter((kind) => kind !== "arcs" || told.spots.some(Boolean)).forEach((kind) => picture(table, kind, told));
  }

  function picture(table, kind, told) {
    const figure = document.createElement("figure");
    figure.className = `chart chart-${kind}`;
    const canvas = document.createElement("div");
    canvas.className = "chart-picture";
    canvas.style.height = height(kind, told);
    canvas.setAttribute("role", "img");
    const title = document.getElementById(table.parentElement.getAttribute("aria-labelledby"));
    canvas.setAttribute("aria-label", `${text(title)}${kind === "arcs" ? words.arcs : ""}${words.below}`);
    const tools = document.createElement("figcaption");
    tools.append(button(kind, "png"), button(kind, "svg"));
    figure.append(canvas, tools);
    table.parentElement.before(figure);
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    chart.setOption(option(kind, told, sizeOf(chart)));
    charts.push({ kind, chart, told });
  }

  function drawAll() {
    tables.forEach(draw);
    const again = ({ chart, kind, told }) => chart.setOption(option(kind, told, sizeOf(chart)), true);
    addEventListener("resize", () => charts.forEach((one) => {
      one.chart.resize();
      if (one.kind === "arcs") again(one);
    }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(again));
  }

  if (!tables.some((table) => read(table).values.some((row) => row.some((value) => value)))) return;
  const library = document.createElement("script");
  library.src = words.library;
  library.addEventListener("load", drawAll);
  document.head.append(library);
})();
