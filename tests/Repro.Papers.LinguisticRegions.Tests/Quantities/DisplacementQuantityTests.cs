using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Quantities;
using static TorchSharp.torch;

namespace Repro.Papers.LinguisticRegions.Tests.Quantities;

public sealed class DisplacementQuantityTests
{
    private const int Documents = 10;

    private static readonly Profile Small = PaperProfiles.Tiny with
    {
        SmallSample = 1,
        LargeSample = 4,
        TestDocuments = 2,
        Training = PaperProfiles.Tiny.Training with { SamplesPerDocument = 2000 },
    };

    [Test]
    public void It_compares_what_two_runs_have_done_to_the_weights_outside_of_both_regions()
    {
        // Random weights: what is counted is tried, not what is found.
        using ModelSession session = new(RunConfiguration.Of(Small, Project.Folder) with { Weights = MeasuredWeights.Random });
        RegionSpec[] regions = [new(RegionKind.Top, 0.05), new(RegionKind.Bottom, 0.05)];
        Displacement top = Held(regions[0]);
        Displacement bottom = Held(regions[1]);
        Quantity quantity = DisplacementQuantities.Of("way", 1, (top, 2), (bottom, 2));
        MeasurementPlan plan = new([Condition.Base, top.Stop, bottom.Stop], [PaperLanguages.Get("en")]) { Displacements = [top, bottom], Quantities = [quantity] };
        MeasurementSet measured = new MeasurementCache(session).Measure(plan, [.. plan.Regions], RunContext.None);

        Resampled ratio = measured.Quantity(DisplacementQuantities.Key("way", 1));
        ratio.Value.Should().BeApproximately(Math.Log(Alone(top) / Alone(bottom)), 0.01);
        ratio.Draws.Distinct().Should().HaveCountGreaterThan(100, "matrices differ");

        // What is held at zero has gone as far as it was large.
        session.Moved(top).Squares.Should().OnlyContain(t => t[0] > 0);
        session.Moved(bottom).Weights.Should().BeEquivalentTo(session.Moved(top).Weights);

        Displacement Held(RegionSpec region) =>
            new(new FurtherTrained(new TrainingPlan("zh", 1e-3, RegionTreatment.RemovedAndFrozen, region) { Repeated = true }, Documents, Draw: 1), regions);

        // The same run by itself, weight by weight.
        double Alone(Displacement run)
        {
            using LlamaModel model = session.Copy(ScalarType.BFloat16);
            Dictionary<string, float[]> before = Values(model);
            (run.Stop.Training(session.Regions, session.Texts) with { EndsAfter = Documents }).Run(model, [], _ => { });
            Dictionary<string, float[]> after = Values(model);
            double[] squares =
            [
                .. from part in session.Regions.Get(regions[0]).Parts
                   let bottomPart = session.Regions.Get(regions[1]).Parts[part.Key].Mask
                   from i in Enumerable.Range(0, before[part.Key].Length)
                   where !part.Value.Mask[i] && !bottomPart[i]
                   select Math.Pow(after[part.Key][i] - (double)before[part.Key][i], 2),
            ];
            return Math.Sqrt(squares.Average());
        }

        static Dictionary<string, float[]> Values(LlamaModel model) => model.Parameters.ToDictionary(
            p => p.Key,
            p =>
            {
                using Tensor flat = p.Value.detach().to(ScalarType.Float32).view(-1);
                return flat.data<float>().ToArray();
            });
    }
}
