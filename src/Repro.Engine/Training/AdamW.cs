using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019) with float32 moments and, for weights of a narrower type, float32 masters; TorchSharp's own keeps its
/// moments in the weights' type and has no masters.
/// </summary>
public sealed class AdamW : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly ParameterSet parameters;
    private readonly TrainingSettings settings;
    private readonly Dictionary<string, Tensor> firstMoments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> secondMoments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> masters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Tensor Where, double Factor)> slowed = new(StringComparer.Ordinal);

    /// <summary>Starts with zero moments and masters equal to the weights.</summary>
    public AdamW(ParameterSet parameters, TrainingSettings settings)
    {
        this.parameters = parameters;
        this.settings = settings;
        foreach ((string name, Tensor weight) in parameters.Select(p => (p.Key, (Tensor)p.Value)))
        {
            firstMoments[name] = zeros(weight.shape, ScalarType.Float32, weight.device).DetachFromDisposeScope();
            secondMoments[name] = zeros(weight.shape, ScalarType.Float32, weight.device).DetachFromDisposeScope();
            if (weight.dtype != ScalarType.Float32)
                masters[name] = weight.detach().to(ScalarType.Float32).DetachFromDisposeScope();
        }
    }

    /// <summary>Steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>Moves the weights one step.</summary>
    /// <param name="gradients">One gradient per weight, in the order of the set; float32 ones are clipped in place.</param>
    /// <returns>The Euclidean norm of all gradients before clipping, a float32 scalar.</returns>
    public Tensor Step(IReadOnlyList<Tensor> gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        double learningRate = settings.LearningRateAt(StepsTaken++);
        double firstCorrection = 1 - Math.Pow(settings.Beta1, StepsTaken);
        double secondCorrection = 1 - Math.Pow(settings.Beta2, StepsTaken);
        Tensor[] wide = [.. gradients.Select(g => g.to(ScalarType.Float32))];
        Device normDevice = wide[0].device;
        Tensor norm = stack(wide.Select(g => g.square().sum().to(normDevice))).sum().sqrt();
        Tensor clip = (settings.ClipNorm / (norm + 1e-6)).clamp_max(1.0);

        foreach ((string name, Tensor gradient) in parameters.Keys.Zip(wide))
        {
            Tensor clipped = gradient.mul_(clip.to(gradient.device));
            Tensor first = firstMoments[name].mul_(settings.Beta1).add_(clipped, alpha: 1 - settings.Beta1);
            Tensor second = secondMoments[name].mul_(settings.Beta2).addcmul_(clipped, clipped, value: 1 - settings.Beta2);
            Tensor denominator = second.sqrt().div_(Math.Sqrt(secondCorrection)).add_(Epsilon);
            Tensor target = masters.GetValueOrDefault(name) ?? parameters[name];

            // A factor of 1 is left out: a weight and its difference from another do not always add up to the other.
            bool isSlowed = slowed.TryGetValue(name, out (Tensor Where, double Factor) slow) && slow.Factor != 1;
            Tensor? before = isSlowed ? target.detach().view(-1).index_select(0, slow.Where) : null;
            target.mul_(1 - (learningRate * settings.WeightDecay)).addcdiv_(first, denominator, value: -learningRate / firstCorrection);
            if (before is not null)
                Shorten(target.detach().view(-1), before, slow);
            if (masters.ContainsKey(name))
                parameters[name].copy_(target);
        }

        return norm.MoveToOuterDisposeScope();
    }

    /// <summary>Multiplies every later update of a region, weight decay included, by a factor; 0 holds it where it is.</summary>
    /// <param name="region">The region.</param>
    /// <param name="factor">0 to 1.</param>
    /// <exception cref="InputException">The region is another model's.</exception>
    public void Slow(Region region, double factor)
    {
        RegionFit.Check(region, parameters);
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, RegionPart part) in region.Parts.Where(p => p.Value.Mask.Count > 0))
            slowed[name] = (FrozenRegion.Indices(part, parameters[name].device).DetachFromDisposeScope(), factor);
    }

    /// <summary>The moments, masters and number of steps as named tensors, to be saved.</summary>
    public IReadOnlyDictionary<string, Tensor> State() =>
        Groups().SelectMany(g => g.Tensors.Select(t => (Name: $"{g.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal);

    /// <summary>Restores what <see cref="State"/> gave.</summary>
    /// <param name="file">The saved tensors.</param>
    /// <param name="stepsTaken">Steps taken when they were saved.</param>
    public void Restore(SafetensorsFile file, int stepsTaken)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string prefix, Dictionary<string, Tensor> tensors) in Groups())
        {
            foreach ((string name, Tensor tensor) in tensors)
            {
                using Tensor saved = file.Read($"{prefix}.{name}");
                tensor.copy_(saved);
            }
        }

        StepsTaken = stepsTaken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in Groups().SelectMany(g => g.Tensors.Values).Concat(slowed.Values.Select(s => s.Where)))
            tensor.Dispose();
    }

    private static void Shorten(Tensor moved, Tensor before, (Tensor Where, double Factor) slow)
    {
        Tensor step = moved.index_select(0, slow.Where) - before;
        moved.index_copy_(0, slow.Where, before + (step * slow.Factor));
    }

    private IEnumerable<(string Prefix, Dictionary<string, Tensor> Tensors)> Groups() =>
        [("first_moment", firstMoments), ("second_moment", secondMoments), ("master", masters)];
}
