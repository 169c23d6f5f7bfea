using System;
using System.Globalization;
using System.Text;

namespace Chain.Node.Metrics;

/// <summary>
/// Prometheus' text form, version 0.0.4. Written here: the exporter of OpenTelemetry changes names (a suffix _total for each
/// counter), while dashboards want CometBFT's names as they are (docs/adr/0014).
/// </summary>
/// <param name="chainId">A label of every value, as in CometBFT.</param>
internal sealed class MetricsText(string chainId)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>Begins a metric; its values follow.</summary>
    public MetricsText Metric(string name, string type, string help)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    public void Gauge(string name, string help, double value) => Metric(name, "gauge", help).Value(name, value);

    public void Counter(string name, string help, double value) => Metric(name, "counter", help).Value(name, value);

    public void Histogram(string name, string help, Histogram histogram) => Metric(name, "histogram", help).Places(name, histogram);

    /// <summary>The values of a histogram, one of several where a label tells them apart.</summary>
    public void Places(string name, Histogram histogram, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        (double[] bounds, long[] counts, double sum) = histogram.Read();
        long below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            Value(name + "_bucket", below, [.. labels, ("le", i < bounds.Length ? Number(bounds[i]) : "+Inf")]);
        }
        Value(name + "_sum", sum, labels);
        Value(name + "_count", below, labels);
    }

    public MetricsText Value(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name).Append("{chain_id=\"").Append(Escape(chainId)).Append('"');
        foreach ((string label, string content) in labels)
        {
            _text.Append(',').Append(label).Append("=\"").Append(Escape(content)).Append('"');
        }
        _text.Append("} ").Append(Number(value)).Append('\n');
        return this;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", System.StringComparison.Ordinal)
        .Replace("\"", "\\\"", System.StringComparison.Ordinal)
        .Replace("\n", "\\n", System.StringComparison.Ordinal);
}
