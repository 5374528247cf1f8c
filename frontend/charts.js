// Bar charts and the map of the counties: only the parts of ECharts that these need, drawn as SVG so that they print sharp.
// Tooltips must use `renderMode: "richText"`: the default writes style attributes that the content security policy forbids.
import { BarChart, MapChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  AriaComponent,
  BarChart,
  GeoComponent,
  GridComponent,
  LabelLayout,
  LegendComponent,
  MapChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

window.echarts = echarts;
