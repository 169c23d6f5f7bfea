using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Primitives.Crypto;
using Microsoft.Win32.SafeHandles;

namespace Chain.Node.Keys;

/// <summary>One key in a file that its owner alone can read; the text is a <see cref="KeyDocument"/>.</summary>
public static class KeyFile
{
    private const int FileBytesMax = 64 * 1024;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Writes the key, mode 0600, and makes missing folders with mode 0700; all is on the disk when this returns. Never
    /// replaces a file. With a passphrase the secret is sealed. Throws <see cref="KeyFileException"/>.
    /// </summary>
    public static void Create(string path, PrivateKey key, string? passphrase = null)
    {
        string full = Path.GetFullPath(path);
        byte[] random = RandomNumberGenerator.GetBytes(KeyDocument.RandomBytes);
        byte[] bytes = Encoding.UTF8.GetBytes(KeyDocument.Encode(key, passphrase, random));
        try
        {
            RealDisk disk = new();
            disk.CreateDirectory(Path.GetDirectoryName(full)!, ownerOnly: true);
            DurableFile.CreateNew(disk, full, bytes);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            string remedy = File.Exists(full)
                ? "A key file is never replaced: move the old one away, or choose another name"
                : "Correct the folder's owner and mode";
            throw new KeyFileException($"The key file {full} cannot be created", exception.Message.TrimEnd('.'), remedy, exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>
    /// Reads what <see cref="Create"/> wrote. Throws <see cref="KeyFileException"/> where the file is missing, open to group or
    /// others, not a key document, or sealed with another passphrase.
    /// </summary>
    public static PrivateKey Load(string path, string? passphrase = null)
    {
        string full = Path.GetFullPath(path);
        string text;
        try
        {
            text = Read(full);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refusal(full, "it is missing", "Bring it back from a backup. New ones are made with: chain keys new, or for a new node: chain init", exception);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            throw Refusal(full, exception.Message.TrimEnd('.'), "This user must be able to read it", exception);
        }
        if (KeyDocument.TryDecode(text, passphrase, out PrivateKey? key, out string error)) return key;
        throw Refusal(full, error, "Bring the file back from a backup, or give the right passphrase", null);
    }

    private static string Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        // Asked of the open file, so that nobody can swap it in between.
        if ((File.GetUnixFileMode(file) & Others) != 0)
        {
            throw Refusal(path, "its group or others may read or change it", $"Make it yours alone: chmod 600 {path}", null);
        }
        long length = RandomAccess.GetLength(file);
        if (length > FileBytesMax) throw Refusal(path, $"it has {length} bytes, a key has less than {FileBytesMax}", "Check the path", null);
        byte[] bytes = new byte[length];
        int read = RandomAccess.Read(file, bytes, 0);
        string text = Encoding.UTF8.GetString(bytes, 0, read);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    private static bool IsDiskFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static KeyFileException Refusal(string path, string why, string remedy, Exception? cause) =>
        new($"The key file {path} cannot be used", why, remedy, cause);
}
