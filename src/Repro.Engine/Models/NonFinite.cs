using System.Globalization;
using Repro.Engine.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Finds where a model's numbers stop being finite.</summary>
public static class NonFinite
{
    /// <summary>A sentence on a result that is not finite, with the first place where that arises.</summary>
    /// <param name="model">The model, as it was when the result was computed.</param>
    /// <param name="documents">The documents that it read, as token ids.</param>
    /// <param name="what">What the result is.</param>
    /// <returns>The exception to throw.</returns>
    public static InputException Complaint(LlamaModel model, IEnumerable<IReadOnlyList<int>> documents, string what)
    {
        string place = documents.Select(d => FirstPlace(model, d)).OfType<string>().FirstOrDefault() is { } found ? $"first in {found}" : "on the way back, in its gradients";
        return new InputException($"{what} is not a finite number: the model overflows or holds no number, {place}; get the checkpoint again, or store it in a wider type (float32).");
    }

    /// <summary>The first part of a model whose output is not finite on a document: <c>the embedding</c>, <c>layer 3</c> (from 0), <c>the output head</c>; null for none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="document">Token ids.</param>
    public static string? FirstPlace(LlamaModel model, IReadOnlyList<int> document)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        Tensor hidden_BTD = model.Embed(tensor([.. document.Select(id => (long)id)], [1, document.Count], ScalarType.Int64).to(model.Device));
        if (!IsFinite(hidden_BTD))
            return "the embedding";
        for (int layer = 0; layer < model.Config.LayerCount; layer++)
        {
            hidden_BTD = model.Through(hidden_BTD, layer, layer + 1);
            if (!IsFinite(hidden_BTD))
                return string.Create(CultureInfo.InvariantCulture, $"layer {layer}");
        }

        return IsFinite(model.Logits(hidden_BTD)) ? null : "the final norm or the output head";
    }

    private static bool IsFinite(Tensor values) => values.isfinite().all().ToBoolean();
}
