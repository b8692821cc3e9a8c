namespace Repro.Harness.Measuring;

/// <summary>How much work things are, in tokens read forward.</summary>
internal static class WorkUnits
{
    /// <summary>What a quantity counts as; they differ, and none is large.</summary>
    public const long PerQuantity = 20_000;

    /// <summary>Steps of one document are bound by the number of operations, not by tokens; this is what they come to.</summary>
    public const long PerDocument = 300;
}
