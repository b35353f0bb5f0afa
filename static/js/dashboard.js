// The chart beside the table of months: the table is the truth, the chart shows its run.
(function () {
  "use strict";
  const place = document.getElementById("chart");
  const data = document.getElementById("chart-data");
  if (!place || !data || !window.echarts) return;
  const months = JSON.parse(data.textContent);
  const chart = window.echarts.init(place, null, { renderer: "canvas" });

  function bars(name, key, color) {
    return { name: name, type: "bar", barMaxWidth: 18, itemStyle: { color: color }, data: months.map(function (month) { return month[key]; }) };
  }

  chart.setOption({
    animation: false,
    grid: { left: 44, right: 12, top: 36, bottom: 28 },
    legend: { top: 4, data: ["登记", "办结"] },
    // Rich text is drawn on the canvas: a tooltip of HTML would need inline styles, which our policy refuses.
    tooltip: { trigger: "axis", renderMode: "richText" },
    xAxis: { type: "category", data: months.map(function (month) { return month.name; }) },
    yAxis: { type: "value", minInterval: 1 },
    series: [bars("登记", "registered", "#8fb0d9"), bars("办结", "settled", "#1b5299")],
  });
  window.addEventListener("resize", function () { chart.resize(); });
})();
