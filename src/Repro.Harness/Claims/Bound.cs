using System.Globalization;

namespace Repro.Harness.Claims;

/// <summary>The open range a statistic must lie in.</summary>
/// <param name="Low">Lower end; −∞ for none.</param>
/// <param name="High">Upper end; +∞ for none.</param>
public readonly record struct Bound(double Low, double High)
{
    /// <summary>Above a number.</summary>
    public static Bound Above(double low) => new(low, double.PositiveInfinity);

    /// <summary>Below a number.</summary>
    public static Bound Below(double high) => new(double.NegativeInfinity, high);

    /// <summary>Closer to 0 than a number.</summary>
    public static Bound Within(double distance) => new(-distance, distance);

    /// <summary>Whether a number lies inside.</summary>
    public bool Contains(double number) => number > Low && number < High;

    /// <summary>The bound moved towards a number that lies inside it; a bound with two ends, which asks for no effect, stays.</summary>
    /// <param name="number">The number; outside the bound, or no number, it moves nothing.</param>
    /// <param name="share">How much of the distance, 0 to 1.</param>
    public Bound Towards(double number, double share) => (double.IsFinite(Low), double.IsFinite(High)) switch
    {
        (true, false) when number > Low => this with { Low = Low + (share * (number - Low)) },
        (false, true) when number < High => this with { High = High - (share * (High - number)) },
        _ => this,
    };

    /// <summary>The bound as text: <c>above 0.03</c>.</summary>
    public override string ToString() => (double.IsFinite(Low), double.IsFinite(High)) switch
    {
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"above {Low:G4}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"below {High:G4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"between {Low:G4} and {High:G4}"),
    };
}
