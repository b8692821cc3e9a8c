using System.Globalization;
using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>Which dimensions Section 3.3 finds: their indices, and whether they are the paper's and Table 4's.</summary>
internal static class KeyDimensions
{
    private const int Shown = 5;

    /// <summary>Indices of the dimensions that Figure 3 and Table 4 change.</summary>
    public static IReadOnlyList<Quantity> Indices { get; } =
    [
        .. Enumerable.Range(1, Shown).Select(rank => new ResidualDimension(rank)).Concat(Enumerable.Range(0, 2).Select(ResidualDimension.Random))
            .Select(dimension => new Quantity($"index of dimension {dimension}", "dimension of the residual stream from 0", 0, (session, _) => Resampled.Exact(dimension.InStream(session.Regions)))
            {
                Regions = [ResidualDimension.RankedBy],
            }),
    ];

    /// <summary>Key of the place of the first dimension's norm weight in a layer.</summary>
    public static string Place(int layer) => string.Create(CultureInfo.InvariantCulture, $"place of the first dimension in the input norm of layer {layer}");

    /// <summary>The place of the first dimension's weight in the input norms of some layers.</summary>
    public static IEnumerable<Quantity> Places(IEnumerable<int> layers) => layers.Select(layer => new Quantity(
        Place(layer), "place in its vector by core importance, 1 for the first", 8, (session, _) => MeasurePlace(session, layer))
    {
        Regions = [ResidualDimension.RankedBy],
    });

    /// <summary>How many of the two dimensions that stand out in the paper's model are the two that are ranked first; nothing for another model.</summary>
    public static IEnumerable<Quantity> Outstanding(Profile profile) =>
        profile.PublishedModel is { } model && ResidualDimension.Outstanding.TryGetValue(model, out IReadOnlyList<int>? named)
            ?
            [
                new Quantity("dimensions that stand out", "of the paper's two among the two ranked first", 0, (session, _) => Resampled.Exact(ResidualDimension.Ranked(session.Regions)[..named.Count].Intersect(named).Count()))
                {
                    Regions = [ResidualDimension.RankedBy],
                },
            ]
            : [];

    private static Resampled MeasurePlace(ModelSession session, int layer)
    {
        double[] scores = session.Regions.CoreScores(session.Regions.Layout.Name(WeightRole.InputNorm, layer));
        double first = scores[new ResidualDimension(1).InStream(session.Regions)];
        return Resampled.Exact(1 + scores.Count(score => score > first));
    }
}
