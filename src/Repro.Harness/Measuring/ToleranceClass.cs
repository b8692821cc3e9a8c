using System.Text.Json.Serialization;

namespace Repro.Harness.Measuring;

/// <summary>What decides how far a perplexity moves between processors.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToleranceClass>))]
public enum ToleranceClass
{
    /// <summary>The unedited model: sums in another order.</summary>
    Base,

    /// <summary>An edited model: weights at a region's threshold may change places.</summary>
    Edited,

    /// <summary>A model trained further: many steps amplify the last bit of a sum.</summary>
    Trained,
}
