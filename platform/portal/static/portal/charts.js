/* Charts of a dashboard, drawn from the tables of the page, which stay: the library is fetched only where there is
   something to draw, and nothing is lost without it. Colors are those of the page's styles. */
"use strict";
(() => {
  const script = document.currentScript;
  const tables = [...document.querySelectorAll("table[data-chart]")];
  const words = script.dataset;
  const charts = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

  /* A table as names of rows and columns and numbers; null where the reader is not told. */
  function read(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells].slice(1);
    return {
      columns: heads.map(text),
      rows: rows.map((row) => text(row.cells[0])),
      values: rows.map((row) => [...row.cells].slice(1).filter((cell) => "value" in cell.dataset)
        .map((cell) => (cell.dataset.value === "" ? null : Number(cell.dataset.value)))),
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
        yAxis: [{ type: "value", ...axis() }, { type: "value", ...axis(), splitLine: { show: false }, axisLabel: { color: color("--text"), formatter: short } }],
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
          type: "sankey", left: 8, right: 120, top: 12, bottom: 12, data: [...names].map((name) => ({ name })), links,
          label: { color: color("--text") }, lineStyle: { color: "source", opacity: 0.35 }, draggable: false,
        }],
      };
    },
    gaps({ rows, columns, values }) {
      return {
        legend: { top: 8, left: 8, bottom: "auto", textStyle: { color: color("--text") } },
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        xAxis: { type: "value", ...axis() },
        yAxis: { type: "category", data: rows, inverse: true, ...axis(), axisLabel: { color: color("--text"), width: 180, overflow: "truncate" } },
        series: columns.map((name, place) => ({ name, type: "bar", data: values.map((row) => row[place]) })),
      };
    },
  };

  function short(value) {
    if (words.language === "en") return new Intl.NumberFormat("en", { notation: "compact" }).format(value);
    return value >= 1e8 ? `${value / 1e8}亿` : value >= 1e4 ? `${value / 1e4}万` : String(value);
  }

  function option(kind, told) {
    return { color: palette(), animation: false, backgroundColor: color("--sheet"), textStyle: { fontFamily: color("--sans") }, ...options[kind](told) };
  }

  function save(kind, form) {
    const { chart, told } = charts.find((one) => one.kind === kind);
    let address = "";
    if (form === "png") {
      address = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: color("--sheet") });
    } else {
      const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, width: chart.getWidth(), height: chart.getHeight() });
      drawn.setOption(option(kind, told));
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
    const kind = table.dataset.chart;
    const told = read(table);
    if (!told.values.some((row) => row.some((value) => value))) return;
    const figure = document.createElement("figure");
    figure.className = `chart chart-${kind}`;
    const canvas = document.createElement("div");
    canvas.className = "chart-picture";
    canvas.setAttribute("role", "img");
    const title = document.getElementById(table.parentElement.getAttribute("aria-labelledby"));
    canvas.setAttribute("aria-label", `${text(title)}${words.below}`);
    const tools = document.createElement("figcaption");
    tools.append(button(kind, "png"), button(kind, "svg"));
    figure.append(canvas, tools);
    table.parentElement.before(figure);
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    chart.setOption(option(kind, told));
    charts.push({ kind, chart, told });
  }

  function drawAll() {
    tables.forEach(draw);
    addEventListener("resize", () => charts.forEach(({ chart }) => chart.resize()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
      charts.forEach(({ chart, kind, told }) => chart.setOption(option(kind, told), true)));
  }

  if (!tables.some((table) => read(table).values.some((row) => row.some((value) => value)))) return;
  const library = document.createElement("script");
  library.src = words.library;
  library.addEventListener("load", drawAll);
  document.head.append(library);
})();
