using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;
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

    private readonly IReadOnlyDictionary<string, Tensor> weights;
    private readonly TrainingSettings settings;
    private readonly Dictionary<string, ScalarType> precisions;
    private readonly bool inOnePass;
    private readonly Dictionary<string, Tensor> firstMoments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> secondMoments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> masters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Tensor Where, double Factor)> slowed = new(StringComparer.Ordinal);

    /// <summary>Starts with zero moments and masters equal to the weights.</summary>
    public AdamW(ParameterSet parameters, TrainingSettings settings)
        : this(parameters.Weights(), settings)
    {
    }

    /// <summary>As <see cref="AdamW(ParameterSet, TrainingSettings)"/>, over weights in the order of their gradients; they are contiguous.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="precision">The type that a weight's values are rounded to after each step, where they are held in a wider one.</param>
    internal AdamW(IReadOnlyDictionary<string, Tensor> weights, TrainingSettings settings, Func<string, ScalarType>? precision = null)
    {
        this.weights = weights;
        this.settings = settings;
        precisions = weights.ToDictionary(w => w.Key, w => precision?.Invoke(w.Key) ?? w.Value.dtype, StringComparer.Ordinal);
        inOnePass = weights.Values.All(AdamWKernel.Takes) && precisions.Values.All(AdamWKernel.RoundsTo);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor weight) in weights)
        {
            firstMoments[name] = zeros(weight.shape, ScalarType.Float32, weight.device).DetachFromDisposeScope();
            secondMoments[name] = zeros(weight.shape, ScalarType.Float32, weight.device).DetachFromDisposeScope();
            if (precisions[name] != ScalarType.Float32)
                masters[name] = weight.detach().to(ScalarType.Float32, copy: true).DetachFromDisposeScope();
        }
    }

    /// <summary>Steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>Moves the weights one step.</summary>
    /// <param name="gradients">One gradient per weight, in their order; float32 ones may be clipped in place.</param>
    /// <returns>The Euclidean norm of all gradients before clipping, a float32 scalar.</returns>
    public Tensor Step(IReadOnlyList<Tensor> gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        double learningRate = settings.LearningRateAt(StepsTaken++);
        Rates rates = new(learningRate, 1 - Math.Pow(settings.Beta1, StepsTaken), 1 - Math.Pow(settings.Beta2, StepsTaken));
        return (inOnePass ? StepInOnePass(gradients, rates) : StepByOperations(gradients, rates)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiplies every later update of a region, weight decay included, by a factor; 0 holds it where it is.</summary>
    /// <param name="region">The region.</param>
    /// <param name="factor">0 to 1.</param>
    /// <exception cref="InputException">The region is another model's.</exception>
    public void Slow(Region region, double factor)
    {
        RegionFit.Check(region, weights.Select(w => (w.Key, w.Value.shape)));
        using DisposeScope scope = NewDisposeScope();
        Slow(FrozenRegion.Members(region).ToDictionary(m => m.Name, m => FrozenRegion.Indices(m.Members, weights[m.Name].device), StringComparer.Ordinal), factor);
    }

    /// <summary>As <see cref="Slow(Region, double)"/>, for elements by their index in each weight's memory; their tensors are kept.</summary>
    internal void Slow(IReadOnlyDictionary<string, Tensor> where, double factor)
    {
        foreach ((string name, Tensor indices) in where)
            slowed[name] = (indices.DetachFromDisposeScope(), factor);
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

    private Tensor StepInOnePass(IReadOnlyList<Tensor> gradients, Rates rates)
    {
        Tensor[] whole = [.. gradients.Select(g => (g.dtype is ScalarType.Float32 or ScalarType.BFloat16 ? g : g.to(ScalarType.Float32)).contiguous())];
        float norm = (float)Math.Sqrt(whole.Sum(AdamWKernel.SquareSum));
        AdamWStep step = new(
            (float)settings.Beta1,
            (float)(1 - settings.Beta1),
            (float)settings.Beta2,
            (float)(1 - settings.Beta2),
            (float)Math.Sqrt(rates.SecondCorrection),
            (float)Epsilon,
            (float)(1 - (rates.LearningRate * settings.WeightDecay)),
            (float)(rates.LearningRate / rates.FirstCorrection),
            (float)Math.Min(1, settings.ClipNorm / (norm + 1e-6)));
        foreach ((string name, Tensor gradient) in weights.Keys.Zip(whole))
        {
            Tensor? master = masters.GetValueOrDefault(name);
            Tensor target = master ?? weights[name];
            Tensor? before = Before(name, target);
            AdamWKernel.Update(target, firstMoments[name], secondMoments[name], gradient, master is null ? null : weights[name], step);
            if (before is null)
                continue;
            Shorten(name, target, before);
            if (master is not null)
                Round(name, target);
        }

        return tensor(norm);
    }

    private Tensor StepByOperations(IReadOnlyList<Tensor> gradients, Rates rates)
    {
        Tensor[] wide = [.. gradients.Select(g => g.to(ScalarType.Float32))];
        Device normDevice = wide[0].device;
        Tensor norm = stack(wide.Select(g => g.Squared().sum().to(normDevice))).sum().sqrt();
        Tensor clip = norm.Plus(1e-6).reciprocal().Times(settings.ClipNorm).clamp_max(Scalars.Of(1.0));
        foreach ((string name, Tensor gradient) in weights.Keys.Zip(wide))
        {
            Tensor clipped = gradient.mul_(clip.to(gradient.device));
            Tensor first = firstMoments[name].mul_(Scalars.Of(settings.Beta1)).add_(clipped, alpha: Scalars.Of(1 - settings.Beta1));
            Tensor second = secondMoments[name].mul_(Scalars.Of(settings.Beta2)).addcmul_(clipped, clipped, value: Scalars.Of(1 - settings.Beta2));
            Tensor denominator = second.sqrt().div_(Scalars.Of(Math.Sqrt(rates.SecondCorrection))).Plus(Epsilon);
            Tensor target = masters.GetValueOrDefault(name) ?? weights[name];
            Tensor? before = Before(name, target);
            target.mul_(Scalars.Of(1 - (rates.LearningRate * settings.WeightDecay))).addcdiv_(first, denominator, value: Scalars.Of(-rates.LearningRate / rates.FirstCorrection));
            if (before is not null)
                Shorten(name, target, before);
            if (masters.ContainsKey(name))
                Round(name, target);
        }

        return norm;
    }

    private void Round(string name, Tensor master) => weights[name].copy_(master.to(precisions[name]));

    // A factor of 1 is left out: a weight and its difference from another do not always add up to the other.
    private Tensor? Before(string name, Tensor target) =>
        slowed.TryGetValue(name, out (Tensor Where, double Factor) slow) && slow.Factor != 1 ? target.detach().view(-1).index_select(0, slow.Where) : null;

    private void Shorten(string name, Tensor target, Tensor before)
    {
        (Tensor where, double factor) = slowed[name];
        Tensor moved = target.detach().view(-1);
        Tensor step = moved.index_select(0, where) - before;
        moved.index_copy_(0, where, before.Plus(step.Times(factor)));
    }

    private IEnumerable<(string Prefix, Dictionary<string, Tensor> Tensors)> Groups() =>
        [("first_moment", firstMoments), ("second_moment", secondMoments), ("master", masters)];

    private readonly record struct Rates(double LearningRate, double FirstCorrection, double SecondCorrection);
}
