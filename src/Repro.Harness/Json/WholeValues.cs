using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Repro.Harness.Json;

/// <summary>
/// Refuses what the serializer lets through though the types do not allow it: a null inside a list or a dictionary, and a number that no member of an
/// enumeration has.
/// </summary>
public static class WholeValues
{
    /// <summary>Finds the serializer's contracts, with a check behind each object that is read.</summary>
    public static IJsonTypeInfoResolver Resolver { get; } = new DefaultJsonTypeInfoResolver { Modifiers = { Check } };

    /// <summary>Puts a check behind each object of a type that is read; a <see cref="JsonException"/> says which property is not whole.</summary>
    /// <param name="type">The type's contract.</param>
    public static void Check(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        JsonPropertyInfo[] properties = [.. type.Properties.Where(p => p.Get is not null && MayHoldNull(p.PropertyType) is not null)];
        if (properties.Length == 0)
            return;
        type.OnDeserialized += read =>
        {
            foreach (JsonPropertyInfo property in properties)
            {
                if (property.Get!(read) is { } value && !IsWhole(value, MayHoldNull(property.PropertyType)!.Value))
                    throw new JsonException($"'{property.Name}' holds a null or an unknown value");
            }
        };
    }

    // Whether an element of a type may be null; null for a type without elements and that is no enumeration.
    private static bool? MayHoldNull(Type type) => type switch
    {
        { IsEnum: true } => false,
        _ when Nullable.GetUnderlyingType(type) is { IsEnum: true } => true,
        _ when type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) => Nullable.GetUnderlyingType(ElementOf(type)) is not null,
        _ => null,
    };

    private static Type ElementOf(Type type) => type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];

    private static bool IsWhole(object? value, bool mayBeNull) => value switch
    {
        null => mayBeNull,
        Enum member => Enum.IsDefined(member.GetType(), member),
        string => true,
        IDictionary entries => entries.Values.Cast<object?>().All(v => IsWhole(v, mayBeNull)),
        IEnumerable items => items.Cast<object?>().All(v => IsWhole(v, mayBeNull)),
        _ => true,
    };
}
