using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>Numbers and lists in words.</summary>
internal static class Wording
{
    /// <summary>A number with the three decimals of the tables, and none where they say nothing.</summary>
    public static string Number(double value) => value.ToString(value < 1000 ? "0.###" : "0", CultureInfo.InvariantCulture);

    /// <summary>A difference in nats as a factor of perplexity.</summary>
    public static string Factor(double nats) => Math.Exp(nats).ToString(nats < Math.Log(10) ? "0.##" : "0", CultureInfo.InvariantCulture);

    /// <summary>A difference in nats as a percentage of perplexity.</summary>
    public static string Percent(double nats)
    {
        double share = Math.Exp(nats) - 1;
        return share.ToString(Math.Abs(share) < 0.001 ? "+0.00 %;-0.00 %" : "+0.0 %;-0.0 %", CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio as the paper prints it.</summary>
    public static string Ratio(double ratio) => ratio.ToString("0.## %", CultureInfo.InvariantCulture);

    /// <summary>Where another cell stands, if not in the same table.</summary>
    public static string Elsewhere(PublishedCell other, PublishedCell cell) => other.Table == cell.Table ? "" : $" in {Tables([other.Table])}";

    /// <summary>Numbers of tables.</summary>
    public static string Tables(IEnumerable<int> tables)
    {
        int[] all = [.. tables.Distinct().Order()];
        string list = string.Join(", ", all.Select(t => t.ToString(CultureInfo.InvariantCulture)));
        return all.Length == 1 ? $"Table {list}" : $"Tables {list}";
    }
}
