using System.Globalization;
using System.Text.RegularExpressions;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Sets one weight to a value, or multiplies it (Section 3.3, Table 4).</summary>
/// <param name="Name">The weight tensor.</param>
/// <param name="Index">Position in it, one number per dimension.</param>
/// <param name="Value">The value or the factor.</param>
/// <param name="Multiply">Whether <paramref name="Value"/> is a factor.</param>
public sealed partial record EditWeight(string Name, long[] Index, double Value, bool Multiply) : Intervention
{
    /// <summary>Reads <c>NAME[i,j]=V</c>.</summary>
    /// <param name="text">For example <c>NAME[2100]=1</c>.</param>
    /// <param name="multiply">Whether V is a factor.</param>
    /// <exception cref="InputException">The text has another form.</exception>
    public static EditWeight Parse(string text, bool multiply)
    {
        Match match = Form().Match(text);
        if (!match.Success
            || !double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
        {
            throw new InputException($"'{text}' is not of the form NAME[i]=V or NAME[i,j]=V.");
        }

        long[] index = [.. match.Groups["index"].Value.Split(',').Select(i => long.Parse(i, CultureInfo.InvariantCulture))];
        return new EditWeight(match.Groups["name"].Value, index, value, multiply);
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The model has no such weight.</exception>
    public override IDisposable Apply(LlamaModel model)
    {
        long[] shape = ParameterSet.ShapeOf(model.Config, Name)
            ?? throw new InputException($"The checkpoint has no weight '{Name}'; names are those of its model.safetensors.");
        if (shape.Length != Index.Length || Index.Where((position, axis) => position < 0 || position >= shape[axis]).Any())
            throw new InputException($"'{Name}' has shape [{string.Join(", ", shape)}] and no element [{string.Join(", ", Index)}].");

        long flat = Index.Select((position, axis) => (position, axis)).Aggregate(0L, (sum, p) => (sum * shape[p.axis]) + p.position);
        return Restoration.Of(r => r.Overwrite(model, Name, () => [flat], old => Multiply ? old.Times(Value) : full_like(old, Scalars.Of(Value))));
    }

    [GeneratedRegex(@"^(?<name>[\w.]+)\[(?<index>\d{1,12}(,\d{1,12})?)\]=(?<value>\S+)$")]
    private static partial Regex Form();
}
